// What holds on a day, of what holds from one day until another each, found by halving. Pure.
import type { IsoDate } from '#kernel';
import type { DutyEvent } from './duty-event.ts';
import { ENDINGS } from './duty-types.ts';

/** Later than any day. */
export const NEVER: IsoDate = '9999-99-99';

/** Where something is so of all that comes after it as well: the first place at which it is; the length where it is nowhere so. */
export const firstWhere = <Item>(items: readonly Item[], isSo: (item: Item) => boolean): number => {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isSo(items[middle] as Item)) high = middle;
    else low = middle + 1;
  }
  return low;
};

/** `until`: the first day on which it holds no more. */
export interface Span<Held> {
  readonly held: Held;
  readonly from: IsoDate;
  readonly until: IsoDate;
}

export class Timeline<Held> {
  /** On which another may hold than before, in order. */
  readonly days: readonly IsoDate[];
  readonly #held: (Held | undefined)[];

  /** `spans`: of two that hold on one day the former goes before the latter. */
  constructor(spans: readonly Span<Held>[]) {
    this.days = [...new Set(spans.flatMap(({ from, until }) => [from, until]))].sort();
    this.#held = this.days.map(() => undefined);
    const placeOf = new Map(this.days.map((day, place) => [day, place]));
    const isFree = new FreePlaces(this.days.length);
    for (const { held, from, until } of spans) {
      const end = placeOf.get(until) ?? 0;
      for (let place = isFree.from(placeOf.get(from) ?? 0); place < end; place = isFree.from(place)) {
        this.#held[place] = held;
        isFree.take(place);
      }
    }
  }

  on(day: IsoDate): Held | undefined {
    return this.#held[firstWhere(this.days, (other) => other > day) - 1];
  }
}

/** Each leads to itself, or to one that is nearer to the next that is free. */
class FreePlaces {
  readonly #next: number[];

  constructor(length: number) {
    this.#next = Array.from({ length: length + 1 }, (_, place) => place);
  }

  take(place: number): void {
    this.#next[place] = place + 1;
  }

  /** The first that is free from there on. */
  from(place: number): number {
    let at = place;
    for (let next = this.#nextOf(at); next !== at; next = this.#nextOf(at)) {
      this.#next[at] = this.#nextOf(next);
      at = this.#nextOf(at);
    }
    return at;
  }

  #nextOf(place: number): number {
    return this.#next[place] ?? place;
  }
}

// From when to when somebody is a learner's adviser, and a programme runs (views.md, part 4; ADR 90).

export const textIn = ({ data }: DutyEvent, name: string): string => {
  const value = data[name];
  return typeof value === 'string' ? value : '';
};

/** Nobody could go by what was not known yet; where that day is not seen, it was known all along. */
const knownFrom = ({ undated, knownOn }: DutyEvent): IsoDate => (undated ? '' : knownOn);

export const later = (one: IsoDate, other: IsoDate): IsoDate => (one > other ? one : other);
export const earlier = (one: IsoDate, other: IsoDate = NEVER): IsoDate => (one < other ? one : other);

const roleOf = (event: DutyEvent): string => JSON.stringify([event.source, textIn(event, 'role')]);

/** From when to when each assignment holds: only who assigned an adviser ends it, and by what came later. `events`: in their order. */
export const assignedIn = (events: readonly DutyEvent[]): readonly Span<DutyEvent>[] => {
  const endedOn = new Map<string, IsoDate>();
  const spans: Span<DutyEvent>[] = [];
  for (const event of events.toReversed()) {
    const role = roleOf(event);
    if (event.type === 'learner.adviser-ended') endedOn.set(role, earlier(later(textIn(event, 'on'), knownFrom(event)), endedOn.get(role)));
    else if (event.type === 'learner.adviser-assigned' && event.confirmed !== false)
      spans.push({ held: event, from: knownFrom(event), until: endedOn.get(role) ?? NEVER });
  }
  return spans;
};

const programmeOf = (event: DutyEvent): string => JSON.stringify([event.source, textIn(event, 'programmeId')]);

/**
 * From when to when each programme runs, those that began last first; of those that began on one day, the one recorded first. Nobody ends
 * another's programme: ids are each agency's own.
 */
export const runningIn = (events: readonly DutyEvent[]): readonly Span<DutyEvent>[] => {
  const endedOn = new Map<string, IsoDate>();
  for (const event of events.filter(({ type }) => ENDINGS.includes(type))) {
    const day = textIn(event, event.type === 'programme.left-early' ? 'leftOn' : 'on');
    endedOn.set(programmeOf(event), earlier(later(day, knownFrom(event)), endedOn.get(programmeOf(event))));
  }
  return events
    .filter(({ type }) => type === 'programme.started')
    .map((held) => ({
      held,
      from: later(textIn(held, 'startedOn'), knownFrom(held)),
      until: endedOn.get(programmeOf(held)) ?? NEVER,
    }))
    .sort((one, other) => byBegun(one.held, other.held));
};

const byBegun = (one: DutyEvent, other: DutyEvent): number => {
  const [day, otherDay] = [textIn(one, 'startedOn'), textIn(other, 'startedOn')];
  return day === otherDay ? 0 : day > otherDay ? -1 : 1;
};
