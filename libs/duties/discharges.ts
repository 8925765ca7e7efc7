// Which of what may discharge duties of one kind comes first for one of them, found without going through all of it: by whose word it is
// and what it is about, then by halving its days (ADR 90). Pure.
import type { AgencySlug, IsoDate, Revision } from '#kernel';
import type { Duty } from '#sharing-protocols';
import type { DutyEvent } from './duty-event.ts';
import type { DutyThings, Owner } from './duty-things.ts';
import { dayIn, hasFacts, type TriggeredDuty } from './duty-types.ts';
import { firstWhere } from './timeline.ts';

/** What happened first comes first; of one day, what was recorded first. */
export interface Done {
  readonly event: DutyEvent;
  readonly day: IsoDate;
}

/** Of some that count as long as they are valid: the latest last day of all up to each. */
interface Line {
  readonly done: readonly Done[];
  readonly valid: readonly IsoDate[];
}

const inOrder = (one: Done, other: Done): number => {
  if (one.day !== other.day) return one.day < other.day ? -1 : 1;
  return one.event.place - other.event.place;
};

export const firstDone = (done: readonly Done[]): Done | undefined =>
  done.reduce<Done | undefined>((first, one) => (first === undefined || inOrder(one, first) < 0 ? one : first), undefined);

/** What is asked for. */
export interface Wanted {
  readonly one: TriggeredDuty;
  readonly type: DutyEvent['type'];
  /** Who alone may do it. */
  readonly by: AgencySlug | undefined;
  /** Whether it is about the learner, whatever things are named. */
  readonly isOfLearner: boolean;
  /** Later than this it is done; `place`: of one day only what was recorded later. */
  readonly earliest: { readonly day: IsoDate; readonly place: Revision };
  /** What is valid on this day counts, whenever it was done; absent: only what is done since. */
  readonly validOn: IsoDate | undefined;
  /** Whether it does; what was looked up may not. */
  readonly isIt: (event: DutyEvent) => boolean;
}

export interface DoneFacts {
  readonly things: DutyThings;
  readonly dayOf: (event: DutyEvent) => IsoDate;
  readonly isKnown: (event: DutyEvent) => boolean;
  /** Of those that are looked through. */
  readonly of: (type: DutyEvent['type']) => readonly DutyEvent[];
}

/** So many are gone through sooner than they are put in lines. */
const FEW = 8;

/** What something is looked up by is put together of parts, each of which may be one of several. */
type Part = readonly unknown[];

const whoseIs = ({ slug, isOneOfSeveral }: Owner): Whose => {
  if (slug !== undefined) return 'seen';
  return isOneOfSeveral ? 'several' : 'unseen';
};

const ANYBODY = '*';
const NOT_SEEN = '~';

const keysOf = (parts: readonly Part[]): readonly string[] =>
  parts.reduce<readonly string[]>((keys, part) => keys.flatMap((key) => part.map((one) => `${key}${JSON.stringify(one)},`)), ['']);

/** Whose the id is that they name: seen, one of several of which none is meant for sure, or not seen at all. */
type Whose = 'seen' | 'several' | 'unseen';

interface Named {
  readonly name: string;
  readonly whose: Whose;
}

/** Of what those that are asked about have in common: by which fields they name something, and whether it is seen whose it is. */
interface Shape {
  readonly isByOne: boolean;
  readonly isOfValid: boolean;
  readonly names: readonly Named[];
}

export class Discharges {
  readonly #facts: DoneFacts;
  readonly #done = new Map<string, ReadonlyMap<Duty, readonly Done[]>>();
  readonly #lines = new Map<readonly Done[], Map<string, ReadonlyMap<string, Line>>>();

  constructor(facts: DoneFacts) {
    this.#facts = facts;
  }

  first(wanted: Wanted): Done | undefined {
    const done = this.#doneFor(wanted);
    if (done.length <= FEW) return done.find(({ event }) => wanted.isIt(event));
    const shape = this.#shapeOf(wanted);
    const lines = this.#linesOf(done, shape);
    const found = keysOf(this.#partsOf(wanted, shape)).map((key) => lines.get(key));
    return firstDone(found.flatMap((line) => (line && firstIn(line, wanted)) ?? []));
  }

  /** Of these, what is known and as the duty wants it. */
  some(events: readonly DutyEvent[], { dischargedWhen }: Duty): readonly Done[] {
    const { things, dayOf, isKnown } = this.#facts;
    return events
      .filter((event) => isKnown(event) && hasFacts(things.factsOf(event), dischargedWhen))
      .map((event) => ({ event, day: dayOf(event) }));
  }

  #doneFor({ one: { duty }, type }: Wanted): readonly Done[] {
    const ofType = this.#done.get(type);
    const known = ofType?.get(duty);
    if (known) return known;
    const found = this.some(this.#facts.of(type), duty).toSorted(inOrder);
    this.#done.set(type, new Map([...(ofType ?? []), [duty, found]]));
    return found;
  }

  #shapeOf({ one: { trigger }, type, by, isOfLearner, validOn }: Wanted): Shape {
    const { things } = this.#facts;
    const names = isOfLearner ? [] : things.sharedNames(trigger.type, type).filter((name) => trigger.data[name] !== undefined);
    return {
      isByOne: by !== undefined,
      isOfValid: validOn !== undefined,
      names: names.map((name) => ({ name, whose: whoseIs(things.owner(trigger, name)) })),
    };
  }

  #linesOf(done: readonly Done[], shape: Shape): ReadonlyMap<string, Line> {
    const ofShapes = this.#lines.get(done) ?? new Map<string, ReadonlyMap<string, Line>>();
    this.#lines.set(done, ofShapes);
    const name = JSON.stringify(shape);
    const lines = ofShapes.get(name) ?? this.#linesFound(done, shape);
    ofShapes.set(name, lines);
    return lines;
  }

  #linesFound(done: readonly Done[], shape: Shape): ReadonlyMap<string, Line> {
    const byKey = Map.groupBy(done, ({ event }) => keysOf(this.#keyOf(event, shape)).join(''));
    return new Map([...byKey].map(([key, ofKey]) => [key, { done: ofKey, valid: shape.isOfValid ? this.#validUpTo(ofKey) : [] }]));
  }

  /** The word of whoever does not stand is looked up by whose it is. */
  #keyOf(event: DutyEvent, { isByOne, isOfValid, names }: Shape): readonly Part[] {
    return [
      [event.confirmed === false ? (event.source ?? NOT_SEEN) : ANYBODY],
      [isByOne ? event.source : ''],
      [isOfValid && this.#validUntil(event) !== undefined],
      ...names.map((named) => [this.#named(event, named)]),
    ];
  }

  #named(event: DutyEvent, { name, whose }: Named): unknown {
    const id = event.data[name];
    if (id === undefined || whose === 'unseen') return id === undefined ? null : [id];
    const { slug, isOneOfSeveral } = this.#facts.things.owner(event, name);
    if (whose === 'several') return slug === undefined ? [id, event.source] : [id];
    return [id, slug ?? (isOneOfSeveral ? ANYBODY : NOT_SEEN)];
  }

  /**
   * What names nothing may be about it, too, and so may what is of that id where it is not seen whose that is; of one of several only what
   * the same agency said of one of them.
   */
  #partsOf({ one: { trigger }, by }: Wanted, { isOfValid, names }: Shape): readonly Part[] {
    const { things } = this.#facts;
    return [
      [ANYBODY, ...(trigger.source === undefined ? [] : [trigger.source])],
      [by ?? ''],
      isOfValid ? [true, false] : [false],
      ...names.map(({ name, whose }) => {
        const id = trigger.data[name];
        if (whose === 'several') return [null, [id, trigger.source]];
        return whose === 'seen' ? [null, [id, things.ownerOf(trigger, name)], [id, NOT_SEEN]] : [null, [id]];
      }),
    ];
  }

  #validUntil(event: DutyEvent): IsoDate | undefined {
    return dayIn(this.#facts.things.factsOf(event), 'validUntil');
  }

  /** None where they do not say until when they count. */
  #validUpTo(done: readonly Done[]): readonly IsoDate[] {
    const latest: IsoDate[] = [];
    for (const { event } of done) {
      const day = this.#validUntil(event);
      if (day === undefined) return [];
      const before = latest.at(-1) ?? day;
      latest.push(day > before ? day : before);
    }
    return latest;
  }
}

export const isLater = ({ day, event }: Done, than: Wanted['earliest']): boolean =>
  day > than.day || (day === than.day && event.place > than.place);

const firstIn = ({ done, valid }: Line, { earliest, validOn = '', isIt }: Wanted): Done | undefined => {
  const first = valid.length > 0 ? firstWhere(valid, (until) => until >= validOn) : firstWhere(done, (one) => isLater(one, earliest));
  for (let at = first; at < done.length; at++) {
    const one = done[at];
    if (one && isIt(one.event)) return one;
  }
  return undefined;
};
