// One learner of a caseload, as far as its adviser's agency may see: who, with whom, on what, and what wants attention (views.md, S6).
import { refers } from '#duties';
import { addDays, type IsoDate } from '#kernel';
import {
  chosenBy,
  compareDays,
  daysBetween,
  daysFirst,
  isBy,
  orNull,
  type Place,
  type RowAt,
  saidBy,
  type SeenItems,
} from '../lists/index.ts';
import { type OverdueDuty, overdueIn } from '../duties/index.ts';
import {
  answerTo,
  assessmentsSeen,
  advisersIn,
  type Assigned,
  endOf,
  type FollowUpRow,
  followUpIn,
  isAdviser,
  isEnrolled,
  isOfThat,
  isReviewOverdue,
  lapseOfReferral,
  lastReviewIn,
  type NextReviewRow,
  nextReviewIn,
  openReviewsIn,
  type ProgrammeRow,
  programmesIn,
  type SignOffRow,
  signOffIn,
} from '../states/index.ts';

export const ATTENTION = [
  'follow-up-overdue',
  'sign-off-overdue',
  'review-overdue',
  'attendance-requested',
  'attendance-concern',
  'referral-declined',
  'leaver-not-followed-up',
  'duty-overdue',
] as const;
export const CASE_STATES = ['current', 'ended'] as const;

/** Days over which concerns are counted, and how many of them want attention though a review was held since. */
const CONCERN_DAYS = 28;
const MANY_CONCERNS = 3;
/** How long before a review it is told whose attendance is requested: nobody's duty, so no agreement says otherwise (views.md, S6). */
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
  readonly lastContactOn: IsoDate | null;
  readonly attendanceConcerns28d: number | null;
  readonly riskAssessed: boolean | null;
  /** Of the asking agency's, beside those that the others tell. */
  readonly overdueDuties: readonly OverdueDuty[];
  readonly attention: readonly (typeof ATTENTION)[number][];
}

/** Undefined where no assignment of an adviser is seen. */
export const caseloadRow = (seen: SeenItems, at: RowAt): CaseloadRow | undefined => {
  const { on } = at;
  const assigned = assignedIn(seen, on);
  if (!assigned) return undefined;
  const programmes = programmesIn(seen, on);
  const facts = {
    ...orNull(seen.identity, 'givenName', 'familyName'),
    ...adviserIn(assigned),
    state: isOver(assigned, seen, on) ? ('ended' as const) : ('current' as const),
    programmes,
    followUp: followUpIn(seen, at),
    signOff: signOffIn(seen, programmes, at),
    nextReview: nextReviewIn(seen, at),
    lastReviewOn: lastReviewIn(seen, on),
    lastContactOn: lastContactIn(seen, on),
    attendanceConcerns28d: concernsIn(seen, on),
    riskAssessed: riskIn(seen, on),
    overdueDuties: overdueIn(seen, at, TOLD_OTHERWISE),
  };
  return { ...facts, attention: attentionFor(facts, seen, at) };
};

/** The asker's own adviser, whoever else advises the learner besides; else who is responsible, or was last. */
const assignedIn = (seen: SeenItems, on: IsoDate): Assigned | undefined => {
  const current = advisersIn(seen, on);
  return current.find(({ own }) => own) ?? current[0] ?? seen.of('learner.adviser-assigned').filter(isAdviser).at(-1);
};

/** Nobody advises the learner any more, or the asker ended each of its own: what another's adviser does since is no case of its. */
const isOver = (assigned: Assigned, seen: SeenItems, on: IsoDate): boolean => {
  const own = seen.of('learner.adviser-assigned').filter((one) => one.own && isAdviser(one));
  const isEnded = (one: Assigned): boolean => endOf(one, seen, on) !== undefined;
  return isEnded(assigned) || (own.length > 0 && own.every(isEnded));
};

const adviserIn = ({ data }: Assigned): Pick<CaseloadRow, 'adviser' | 'office'> => ({
  adviser: orNull(data, 'name', 'staffId', 'role'),
  ...orNull(data, 'office'),
});

type Facts = Omit<CaseloadRow, 'attention'>;

const concernsIn = (seen: SeenItems, on: IsoDate): number | null => {
  const all = seen.of('attendance.concern').filter(({ data }) => isBy(data.on, on));
  return all.length === 0 ? null : all.filter(({ data: { on: day } }) => day !== undefined && daysBetween(day, on) < CONCERN_DAYS).length;
};

/** Followed up, or asked what they do. */
const lastContactIn = (seen: SeenItems, on: IsoDate): IsoDate | null => {
  const followed = seen.of('follow-up.made').map(({ data }) => data.on);
  const verified = seen.of('destination.recorded').map(({ data }) => data.verifiedOn);
  return (
    [...followed, ...verified]
      .flatMap((day) => (isBy(day, on) ? (day ?? []) : []))
      .sort()
      .at(-1) ?? null
  );
};

const riskIn = (seen: SeenItems, on: IsoDate): boolean | null => {
  const risks = assessmentsSeen(seen, 'risk-of-failing').filter(({ data }) => isBy(data.assessedOn, on));
  return risks.length === 0 ? null : risks.some(({ data: { assessedOn = on, validUntil = addDays(assessedOn, 90) } }) => validUntil >= on);
};

/** Duties whose being overdue has a word of its own. */
const TOLD_OTHERWISE = ['follow-up', 'sign-off', 'refer-on', 'follow-up-leaver'];

const attentionFor = (facts: Facts, seen: SeenItems, at: RowAt): CaseloadRow['attention'] => {
  const { on } = at;
  const { followUp, signOff, nextReview } = facts;
  const found: Readonly<Record<(typeof ATTENTION)[number], boolean>> = {
    'follow-up-overdue': followUp?.state === 'overdue',
    'sign-off-overdue': signOff !== null && signOff.state !== 'signed' && signOff.due !== null && signOff.due < on,
    'review-overdue': nextReview !== null && isReviewOverdue(nextReview, on),
    'attendance-requested': isRequested(seen, on),
    'attendance-concern': isConcerned(facts, seen, on),
    'referral-declined': isDeclined(seen, on) || isLapsed(seen, on),
    'leaver-not-followed-up': isLeaverAlone(seen, on),
    'duty-overdue': facts.overdueDuties.length > 0,
  };
  return ATTENTION.filter((code) => found[code]);
};

/** At any review in so few days that is still to be held. */
const isRequested = (seen: SeenItems, on: IsoDate): boolean =>
  openReviewsIn(seen, on).some(({ data: { on: day, attendanceRequested = [] } }) => {
    const isNear = day !== undefined && day >= on && daysBetween(on, day) <= REQUESTED_DAYS;
    return isNear && attendanceRequested.length > 0;
  });

/** Any since the last review; three within four weeks in any case. */
const isConcerned = ({ lastReviewOn, attendanceConcerns28d }: Facts, seen: SeenItems, on: IsoDate): boolean =>
  (attendanceConcerns28d ?? 0) >= MANY_CONCERNS ||
  seen.of('attendance.concern').some(({ data: { on: day = '' } }) => isBy(day, on) && day > (lastReviewOn ?? ''));

/** Declined, and nobody has referred the learner anew or taken them on since. */
const isDeclined = (seen: SeenItems, on: IsoDate): boolean => {
  const declined = seen.of('referral.declined').filter(saidBy(on)).at(-1);
  const made = seen.of('referral.made').filter(saidBy(on));
  const started = seen.of('programme.started').filter(({ data }) => isBy(data.startedOn, on));
  return declined !== undefined && [...made, ...started].every(({ place }) => place < declined.place);
};

/** Time refused it: nobody answered for half a year, and nobody has referred the learner anew or taken them on since (D2). */
const isLapsed = (seen: SeenItems, on: IsoDate): boolean => {
  const made = seen.of('referral.made').filter(saidBy(on));
  const started = seen.of('programme.started').map(({ data: { startedOn = on } }) => startedOn);
  const last = [...made.map(({ toldOn = on }) => toldOn), ...started.filter((day) => day <= on)].sort().at(-1) ?? on;
  return made.some((one) => {
    const lapse = lapseOfReferral(one);
    const isOver = lapse !== undefined && lapse <= on && lapse > last && refers(one);
    return isOver && answerTo(seen, one, on) === undefined && !isEnrolled(seen, one, on);
  });
};

const isLeaverAlone = (seen: SeenItems, on: IsoDate): boolean =>
  seen.of('programme.left-early').some((left) => {
    const { leftOn = on } = left.data;
    const seenTo = (day: IsoDate | undefined): boolean => day !== undefined && day >= leftOn;
    const isOfIt = isOfThat(seen, left);
    const followed = seen.of('follow-up.made').some((made) => isOfIt(made) && seenTo(made.data.on));
    return leftOn <= on && !followed && !seen.of('programme.started').some(({ data }) => seenTo(data.startedOn));
  });

export const isChosen = chosenBy<CaseloadRow>({
  adviser: ({ adviser }, value) => adviser?.staffId === value || adviser?.name === value,
  office: ({ office }, value) => office === value,
  provider: ({ programmes }, value) => programmes.some(({ of }) => of === value),
  state: ({ state }, value) => state === value,
  attention: ({ attention }) => attention.length > 0,
  'not-contacted-since': ({ lastContactOn }, day) => lastContactOn === null || lastContactOn < day,
});

const DONE: readonly string[] = ['discharged', 'signed', 'void'];

const dueUnlessDone = (one: FollowUpRow | SignOffRow | null): IsoDate | null => (one === null || DONE.includes(one.state) ? null : one.due);

const dueIn = ({ followUp, signOff, nextReview }: CaseloadRow): IsoDate | null => {
  const review = nextReview && (nextReview.on ?? nextReview.due);
  return [dueUnlessDone(followUp), dueUnlessDone(signOff), review].sort(compareDays)[0] ?? null;
};

const startedIn = ({ programmes }: CaseloadRow): IsoDate | null => programmes.at(-1)?.startedOn ?? null;

/** Attention first, then what is due first, then who started first. */
export const caseloadRank = (row: CaseloadRow): Place => [row.attention.length > 0 ? 0 : 1, ...daysFirst(dueIn(row), startedIn(row))];
