// One learner of a caseload, as far as its adviser's agency may see: who, with whom, on what, and what wants attention (views.md, S6).
import { addDays, type IsoDate } from '#kernel';
import { type Chosen, daysBetween, isBy, orNull, type SeenItem, type SeenItems } from '../lists/index.ts';
import { ADVISER_ROLES } from './caseload.view.ts';
import { type FollowUpRow, followUpIn } from './follow-ups.ts';
import { compareDays, type ProgrammeRow, programmesIn, type SignOffRow, signOffIn } from './programmes.ts';
import { isReviewOverdue, lastReviewIn, type NextReviewRow, nextReviewIn } from './reviews.ts';

export const ATTENTION = [
  'follow-up-overdue',
  'sign-off-overdue',
  'review-overdue',
  'attendance-requested',
  'attendance-concern',
  'referral-declined',
  'leaver-not-followed-up',
] as const;
export const CASE_STATES = ['current', 'ended'] as const;

const CONCERN_DAYS = 28;
const REQUESTED_DAYS = 14;

export interface AdviserRow {
  readonly name: string | null;
  readonly staffId: string | null;
  readonly role: string | null;
}

export interface CaseloadRow {
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly adviser: AdviserRow | null;
  readonly office: string | null;
  readonly state: (typeof CASE_STATES)[number];
  readonly programmes: readonly ProgrammeRow[];
  readonly followUp: FollowUpRow | null;
  readonly signOff: SignOffRow | null;
  readonly nextReview: NextReviewRow | null;
  readonly lastReviewOn: IsoDate | null;
  readonly attendanceConcerns28d: number | null;
  readonly riskAssessed: boolean | null;
  readonly attention: readonly (typeof ATTENTION)[number][];
}

type Assigned = SeenItem<'learner.adviser-assigned'>;

/** Undefined where no assignment of an adviser is seen. */
export const caseloadRow = (seen: SeenItems, on: IsoDate): CaseloadRow | undefined => {
  const assigned = seen
    .of('learner.adviser-assigned')
    .filter(({ data }) => ADVISER_ROLES.some((role) => role === data.role))
    .at(-1);
  if (!assigned) return undefined;
  const programmes = programmesIn(seen, on);
  const facts = {
    ...orNull(seen.identity, 'givenName', 'familyName'),
    ...adviserIn(assigned),
    state: hasEnded(assigned, seen, on) ? ('ended' as const) : ('current' as const),
    programmes,
    followUp: followUpIn(seen, on),
    signOff: signOffIn(seen, programmes, on),
    nextReview: nextReviewIn(seen, on),
    lastReviewOn: lastReviewIn(seen, on),
    attendanceConcerns28d: concernsIn(seen, on),
    riskAssessed: riskIn(seen, on),
  };
  return { ...facts, attention: attentionFor(facts, seen, on) };
};

const adviserIn = ({ data }: Assigned): Pick<CaseloadRow, 'adviser' | 'office'> => ({
  adviser: orNull(data, 'name', 'staffId', 'role'),
  ...orNull(data, 'office'),
});

const hasEnded = ({ data: { role }, place }: Assigned, seen: SeenItems, on: IsoDate): boolean =>
  seen.of('learner.adviser-ended').some((ended) => ended.place > place && ended.data.role === role && isBy(ended.data.on, on));

type Facts = Omit<CaseloadRow, 'attention'>;

const concernsIn = (seen: SeenItems, on: IsoDate): number | null => {
  const all = seen.of('attendance.concern').filter(({ data }) => isBy(data.on, on));
  return all.length === 0 ? null : all.filter(({ data: { on: day } }) => day !== undefined && daysBetween(day, on) < CONCERN_DAYS).length;
};

const riskIn = (seen: SeenItems, on: IsoDate): boolean | null => {
  const risks = seen.of('assessment.recorded').filter(({ data }) => data.framework === 'risk-of-failing' && isBy(data.assessedOn, on));
  return risks.length === 0 ? null : risks.some(({ data: { assessedOn = on, validUntil = addDays(assessedOn, 90) } }) => validUntil >= on);
};

const attentionFor = (facts: Facts, seen: SeenItems, on: IsoDate): CaseloadRow['attention'] => {
  const { followUp, signOff, nextReview } = facts;
  const found: Readonly<Record<(typeof ATTENTION)[number], boolean>> = {
    'follow-up-overdue': followUp?.state === 'overdue',
    'sign-off-overdue': signOff !== null && signOff.state !== 'signed' && signOff.due !== null && signOff.due < on,
    'review-overdue': nextReview !== null && isReviewOverdue(nextReview, on),
    'attendance-requested': isRequested(nextReview, on),
    'attendance-concern': isConcerned(facts, seen, on),
    'referral-declined': isDeclined(seen),
    'leaver-not-followed-up': isLeaverAlone(seen, on),
  };
  return ATTENTION.filter((code) => found[code]);
};

const isRequested = (next: NextReviewRow | null, on: IsoDate): boolean => {
  const day = next && next.attendanceRequested.length > 0 ? next.on : null;
  return day !== null && day >= on && daysBetween(on, day) <= REQUESTED_DAYS;
};

const isConcerned = ({ lastReviewOn }: Facts, seen: SeenItems, on: IsoDate): boolean =>
  seen.of('attendance.concern').some(({ data: { on: day = '' } }) => isBy(day, on) && day > (lastReviewOn ?? ''));

/** Declined, and nobody has referred the learner anew or taken them on since. */
const isDeclined = (seen: SeenItems): boolean => {
  const declined = seen.last('referral.declined');
  const since = [seen.last('referral.made'), seen.last('programme.started')];
  return declined !== undefined && since.every((one) => one === undefined || one.place < declined.place);
};

const isLeaverAlone = (seen: SeenItems, on: IsoDate): boolean =>
  seen.of('programme.left-early').some(({ data: { leftOn = on, programmeId } }) => {
    const seenTo = (day: IsoDate | undefined): boolean => day !== undefined && day >= leftOn;
    const followed = seen.of('follow-up.made').some(({ data }) => data.programmeId === programmeId && seenTo(data.on));
    return leftOn <= on && !followed && !seen.of('programme.started').some(({ data }) => seenTo(data.startedOn));
  });

export const isChosen = ({ adviser, office, programmes, state, attention }: CaseloadRow, chosen: Chosen): boolean => {
  const asked: Readonly<Record<string, (value: string) => boolean>> = {
    adviser: (value) => adviser?.staffId === value || adviser?.name === value,
    office: (value) => office === value,
    provider: (value) => programmes.some(({ of }) => of === value),
    state: (value) => state === value,
    attention: () => attention.length > 0,
  };
  return Object.entries(chosen).every(([name, value]) => asked[name]?.(value) === true);
};

const DONE: readonly string[] = ['discharged', 'signed'];

const dueUnlessDone = (one: FollowUpRow | SignOffRow | null): IsoDate | null => (one === null || DONE.includes(one.state) ? null : one.due);

const dueIn = ({ followUp, signOff, nextReview }: CaseloadRow): IsoDate | null => {
  const review = nextReview && (nextReview.on ?? nextReview.due);
  return [dueUnlessDone(followUp), dueUnlessDone(signOff), review].sort(compareDays)[0] ?? null;
};

const startedIn = ({ programmes }: CaseloadRow): IsoDate | null => programmes.at(-1)?.startedOn ?? null;

/** Attention first, then what is due first, then who started first. */
export const caseloadOrder = (one: CaseloadRow, other: CaseloadRow): number =>
  Math.sign(other.attention.length) - Math.sign(one.attention.length) ||
  compareDays(dueIn(one), dueIn(other)) ||
  compareDays(startedIn(one), startedIn(other));
