// One referral, as whoever made it, whoever is named in it or the adviser may see it: what came of it, and by when an answer is due
// (views.md, S5). Who declined keeps of it its own word alone, and nobody's name (D2).
import { LAPSE_DAYS } from '#duties';
import { addDays, type AgencySlug, type IsoDate } from '#kernel';
import { known, chosenBy, daysBetween, daysFirst, orNull, type Place, type RowAt, type SeenItem, type SeenItems } from '../lists/index.ts';
import { answerTo, isEnrolled, type ReferralAnswer, termDue } from '../states/index.ts';

export const REFERRAL_STATES = ['waiting', 'accepted', 'declined', 'lapsed', 'withdrawn', 'enrolled'] as const;
export const DIRECTIONS = ['made', 'received', 'learners'] as const;

/** Days for which a refusal is kept. */
const STUB_DAYS = 180;

export interface ReferralRow {
  readonly referralId: string | null;
  readonly direction: (typeof DIRECTIONS)[number];
  readonly of: AgencySlug | null;
  readonly to: AgencySlug | null;
  readonly office: string | null;
  readonly route: string | null;
  readonly madeOn: IsoDate | null;
  readonly reason: string | null;
  readonly assessments: readonly string[];
  readonly state: (typeof REFERRAL_STATES)[number];
  readonly answeredOn: IsoDate | null;
  readonly answerReason: string | null;
  readonly daysWaiting: number | null;
  readonly due: IsoDate | null;
  readonly overdue: boolean;
}

type Made = SeenItem<'referral.made'>;

/** Undefined where the event that makes the row is not seen. */
export const referralRow = (seen: SeenItems, at: RowAt): ReferralRow | undefined => {
  const made = seen.at('referral.made', at.anchor);
  return made ? rowOf(seen, made, at) : stubOf(seen, at);
};

const rowOf = (seen: SeenItems, made: Made, at: RowAt): ReferralRow => {
  const { on, asker } = at;
  const { toldOn: madeOn = on, data } = made;
  const answer = answerTo(seen, made, on);
  const state = stateOf(seen, made, answer, on);
  const due = termDue(at, { duty: 'answer-referral', usual: 'P14D', from: madeOn });
  return {
    ...orNull(data, 'referralId', 'to', 'office', 'route', 'reason'),
    direction: directionOf(made, asker.slug),
    of: known(made.source),
    madeOn,
    assessments: data.assessments ?? [],
    state,
    ...answered(answer),
    daysWaiting: daysBetween(madeOn, endOf(answer, on)),
    due,
    overdue: state === 'waiting' && due < on,
  };
};

/** Whoever was declined and came to be taken on all the same was so on another referral, or none. */
const stateOf = (seen: SeenItems, made: Made, answer: ReferralAnswer | undefined, on: IsoDate): ReferralRow['state'] => {
  if (answer && answer.state !== 'accepted') return answer.state;
  if (isEnrolled(seen, made, on)) return 'enrolled';
  return answer?.state ?? (addDays(made.toldOn ?? on, LAPSE_DAYS) < on ? 'lapsed' : 'waiting');
};

const answered = (answer: ReferralAnswer | undefined): Pick<ReferralRow, 'answeredOn' | 'answerReason'> => ({
  answeredOn: known(answer?.on),
  answerReason: known(answer?.reason),
});

const endOf = (answer: ReferralAnswer | undefined, on: IsoDate): IsoDate => answer?.on ?? on;

const directionOf = ({ own, data: { to } }: Made, asker: AgencySlug): ReferralRow['direction'] => {
  if (own) return 'made';
  return to === asker ? 'received' : 'learners';
};

/** Of a referral that one declined oneself: what it said is withdrawn, one's own answer is left, with the referrer if it names that. */
const stubOf = (seen: SeenItems, { on, anchor }: RowAt): ReferralRow | undefined => {
  const declined = seen.at('referral.declined', anchor);
  if (!declined?.own) return undefined;
  const { toldOn: answeredOn = on, data } = declined;
  const referralId = known(data.referralId);
  const isKept = answeredOn <= on && addDays(answeredOn, STUB_DAYS) >= on;
  const isOfIt = (made: Made): boolean =>
    made.data.referralId === referralId && (data.of === undefined || made.source === undefined || made.source === data.of);
  if (!isKept || seen.of('referral.made').some(isOfIt)) return undefined;
  const nothing = { to: null, office: null, route: null, madeOn: null, reason: null, daysWaiting: null, due: null };
  const answer = { state: 'declined', answeredOn, answerReason: known(data.reason) } as const;
  return { ...nothing, referralId, of: known(data.of), direction: 'received', assessments: [], ...answer, overdue: false };
};

/** Of whoever the learner was, only that somebody was declined is left. */
export const isStub = ({ madeOn }: ReferralRow): boolean => madeOn === null;

/** Who refers to itself made and received it. */
const isReceived = ({ direction, of, to }: ReferralRow): boolean => direction === 'received' || (of !== null && of === to);

export const isChosen = chosenBy<ReferralRow>({
  direction: (row, value) => (value === 'received' ? isReceived(row) : row.direction === value),
  state: ({ state }, value) => state === value,
  route: ({ route }, value) => route === value,
  to: ({ to }, value) => to === value,
  from: ({ of }, value) => of === value,
  office: ({ office }, value) => office === value,
});

/** What is due first, then what was made first. */
export const referralRank = ({ due, madeOn }: ReferralRow): Place => daysFirst(due, madeOn);
