// Which events about a learner trigger the duties that ship, which discharge them or say whose they are, and from when a duty's time runs
// until when (views.md, part 4; ADR 87).
import { frameworkCode, frameworkOf, isFramework, type ShortType } from '#catalogue';
import { addDays, dayAfter, dayBefore, type IsoDate, type Revision } from '#kernel';
import type { Duty, When } from '#sharing-protocols';
import type { DutyEvent } from './duty-event.ts';

/** What triggers them; a duty of another protocol is told where one of these triggers it. */
export const TRIGGERS: readonly ShortType[] = [
  'adviser.informed',
  'assessment.recorded',
  'endorsement.queried',
  'learner.adviser-ended',
  'placement.started',
  'programme.left-early',
  'programme.queried',
  'programme.started',
  'referral.declined',
  'referral.made',
  'release.planned',
  'review.held',
  'review.scheduled',
];
/** What discharges them, and says whose they are, or since when. */
export const BESIDE: readonly ShortType[] = [
  'assessment.rectified',
  'case-conference.held',
  'endorsement.answered',
  'endorsement.given',
  'follow-up.made',
  'learner.adviser-assigned',
  'offer.made',
  'programme.agreed',
  'programme.moved-on',
  'programme.signed-off',
  'referral.accepted',
  'referral.withdrawn',
];

/** All that a learner's duties are reckoned from. */
export const DUTY_TYPES: ReadonlySet<string> = new Set([...TRIGGERS, ...BESIDE]);

/** After these the programme that they name runs no more. */
export const ENDINGS: readonly ShortType[] = ['programme.left-early', 'programme.moved-on'];

/** Who is a learner's adviser, and is no more. */
export const ADVISERS: readonly ShortType[] = ['learner.adviser-assigned', 'learner.adviser-ended'];

/** What comes of a referral by somebody's word. */
export const REFERRAL_WORDS: readonly ShortType[] = ['referral.accepted', 'referral.declined', 'referral.withdrawn'];

type Facts = Readonly<Record<string, unknown>>;

/** With the framework of an assessment that its category says, where a clause left it out. */
export const withFramework = (category: string, data: Facts): Facts => {
  const framework = data['framework'] === undefined ? frameworkOf(category, undefined) : undefined;
  return framework === undefined ? data : { ...data, framework };
};

/** Of what sets an assessment right. */
const daysOf = ({ assessedOn, validUntil }: Facts): Facts => ({
  ...(assessedOn !== undefined && { assessedOn }),
  ...(validUntil !== undefined && { validUntil }),
});

/** An assessment counts for others no longer than this, whatever its source says. */
const LONGEST = 'P2Y';

/** As its source set it right since, and with its last day: where it says none what its framework does. */
export const assessmentFacts = ({ source, place, data }: DutyEvent, rectified: readonly DutyEvent[]): Facts => {
  const isOfIt = (one: DutyEvent): boolean =>
    one.source === source && one.place > place && one.data['assessmentId'] === data['assessmentId'];
  const facts = rectified.filter(isOfIt).reduce<Facts>((so, one) => ({ ...so, ...daysOf(one.data) }), data);
  const { framework, assessedOn, validUntil } = facts;
  if (typeof assessedOn !== 'string') return facts;
  if (typeof validUntil === 'string') return { ...facts, validUntil: [validUntil, dayAfter(assessedOn, LONGEST)].sort()[0] };
  if (typeof framework !== 'string' || !isFramework(framework)) return facts;
  return { ...facts, validUntil: addDays(assessedOn, frameworkCode(framework).validDays) };
};

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

export const inPlaces = (one: { readonly place: Revision }, other: { readonly place: Revision }): number => one.place - other.place;
