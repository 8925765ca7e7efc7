// From when to when somebody is a learner's adviser, and a programme runs (views.md, part 4; ADR 90). Pure.
import type { IsoDate } from '#kernel';
import type { DutyEvent } from './duty-event.ts';
import { ENDINGS } from './duty-types.ts';
import { NEVER, type Span } from './timeline.ts';

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
