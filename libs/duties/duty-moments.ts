// From when a duty's time runs, until when, and since when what was done counts (views.md, part 4; ADR 87). Pure.
import { dayAfter, dayBefore, type IsoDate } from '#kernel';
import type { Duty, When } from '#sharing-protocols';
import type { DutyEvent } from './duty-event.ts';

export interface DutyTime {
  readonly since: IsoDate;
  readonly due: IsoDate;
  /** What discharges it happened on this day at the earliest. */
  readonly earliest: IsoDate;
}

/** A duty that an event triggered, however it stands. */
export interface TriggeredDuty {
  /** `id@version`. */
  readonly protocol: string;
  readonly duty: Duty;
  readonly trigger: DutyEvent;
  readonly time: DutyTime;
  /** Day on which its source told what triggers it: whose it was first was decided then. */
  readonly toldOn: IsoDate;
}

/** Of an event that may trigger a duty. */
export interface Happened {
  readonly facts: DutyEvent['data'];
  /** On which it took effect, as its source says. */
  readonly day: IsoDate;
  /** On which it became known. */
  readonly knownOn: IsoDate;
}

/** What recipients of notices do is told of the notices themselves (ADR 15). */
const ACKNOWLEDGED = 'notice.acknowledged';
/** Towards a day: what was done within this time before counts, as an initial assessment does by default. */
const BEFOREHAND = 'P180D';

type MomentParts = readonly [type: string, field: string | undefined];

/** Moments are words of agreements, so they are few. */
const parted = new Map<string, MomentParts>();

/** Of `review.held.nextReviewDue`: the type, and the field or none. */
const partsOf = (moment: string): MomentParts => {
  const known = parted.get(moment);
  if (known) return known;
  const [noun, verb, field] = moment.split('.');
  const parts: MomentParts = [`${noun}.${verb}`, field];
  parted.set(moment, parts);
  return parts;
};

/** Something of a learner's makes it; duties by the calendar, and those to answer notices, are told elsewhere. */
export const isReckoned = ({ duty: { after, by, dischargedBy } }: { readonly duty: Duty }): boolean =>
  (after ?? by) !== undefined && !dischargedBy.includes(ACKNOWLEDGED);

/** Type of the events that may trigger it. */
export const triggerOf = ({ after, by = '' }: Pick<Duty, 'after' | 'by'>): string => partsOf(after ?? by)[0];

export const dayIn = (facts: DutyEvent['data'], field: string | undefined): IsoDate | undefined => {
  const day = field === undefined ? undefined : facts[field];
  return typeof day === 'string' ? day : undefined;
};

export const hasFacts = (facts: DutyEvent['data'], when: When = {}): boolean =>
  Object.entries(when).every(([field, values]) => values.some((value) => value === facts[field]));

/** Undefined where the event triggers nothing: without the day from which time would run. */
export const timeOf = (duty: Duty, happened: Happened): DutyTime | undefined => {
  const [, field] = partsOf(duty.after ?? duty.by ?? '');
  const day = field === undefined ? happened.knownOn : dayIn(happened.facts, field);
  if (day === undefined || !hasFacts(happened.facts, duty.when)) return undefined;
  return duty.by === undefined ? timeAfter(duty, day, happened) : timeTowards(duty, day, happened);
};

/** What was done before counts as far as the duty says. */
export const timeAfter = ({ within, beforehand }: Duty, since: IsoDate, { day }: Pick<Happened, 'day'>): DutyTime => {
  const before = beforehand === undefined ? day : dayBefore(since, beforehand);
  return { since, due: dayAfter(since, within), earliest: before < day ? before : day };
};

const timeTowards = ({ within, less = 'P0D', beforehand = BEFOREHAND }: Duty, day: IsoDate, { knownOn }: Happened): DutyTime => {
  const [wanted, least] = [dayBefore(day, less), dayAfter(knownOn, within)];
  const due = wanted > least || less === 'P0D' ? wanted : least;
  return { since: knownOn, due, earliest: dayBefore(due, beforehand) };
};
