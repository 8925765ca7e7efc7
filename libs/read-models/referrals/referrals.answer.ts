// One referral, as whoever made it, whoever is named in it or the adviser may see it: what came of it, and by when an answer is due
// (views.md, S5). Who declined keeps of it its own word alone, and nobody's name (D2).
import { addDays, type AgencySlug, type IsoDate } from '#kernel';
import {
  known,
  chosenBy,
  daysBetween,
  daysFirst,
  isBy,
  orNull,
  type Place,
  type RowAt,
  type SeenItem,
  type SeenItems,
} from '../lists/index.ts';

export const REFERRAL_STATES = ['waiting', 'accepted', 'declined', 'lapsed', 'withdrawn', 'enrolled'] as const;
export const DIRECTIONS = ['made', 'received', 'learners'] as const;

/** Days within which the agency named answers, after which a referral that nobody answered lapses, and for which a refusal is kept. */
const [ANSWER_DAYS, LAPSE_DAYS, STUB_DAYS] = [14, 180, 180];

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

const rowOf = (seen: SeenItems, made: Made, { on, asker }: RowAt): ReferralRow => {
  const { toldOn: madeOn = on, data } = made;
  const answer = answerTo(seen, made, on);
  const state = isEnrolled(seen, made, on) ? 'enrolled' : stateOf(answer, madeOn, on);
  const due = addDays(madeOn, ANSWER_DAYS);
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

const stateOf = (answer: Answer | undefined, madeOn: IsoDate, on: IsoDate): ReferralRow['state'] => {
  if (answer) return answer.state;
  return addDays(madeOn, LAPSE_DAYS) < on ? 'lapsed' : 'waiting';
};

const answered = (answer: Answer | undefined): Pick<ReferralRow, 'answeredOn' | 'answerReason'> => ({
  answeredOn: known(answer?.on),
  answerReason: known(answer?.reason),
});

const endOf = (answer: Answer | undefined, on: IsoDate): IsoDate => answer?.on ?? on;

const directionOf = ({ own, data: { to } }: Made, asker: AgencySlug): ReferralRow['direction'] => {
  if (own) return 'made';
  return to === asker ? 'received' : 'learners';
};

interface Answer {
  readonly state: 'accepted' | 'declined' | 'withdrawn';
  readonly on: IsoDate;
  readonly reason: string | null;
}

/** The first, by whoever could give it: only the agency named accepts or declines, only the referrer withdraws. */
const answerTo = (seen: SeenItems, { data: { referralId, to }, source, place }: Made, on: IsoDate): Answer | undefined => {
  const found = (['accepted', 'declined', 'withdrawn'] as const).flatMap((state) =>
    seen.of(`referral.${state}`).flatMap((item) => {
      const { toldOn: day = on, data } = item;
      const isOfIt = data.referralId === referralId && item.place > place && item.source === (state === 'withdrawn' ? source : to);
      return isOfIt && day <= on ? [{ state, on: day, reason: known(data.reason), place: item.place }] : [];
    }),
  );
  return found.sort((one, other) => one.place - other.place)[0];
};

const isEnrolled = (seen: SeenItems, { data: { to }, place }: Made, on: IsoDate): boolean =>
  seen.of('programme.started').some(({ source, data, place: started }) => source === to && started > place && isBy(data.startedOn, on));

/** Of a referral that one declined oneself: what it said is withdrawn, one's own answer is left, with the referrer if it names that. */
const stubOf = (seen: SeenItems, { on, anchor }: RowAt): ReferralRow | undefined => {
  const declined = seen.at('referral.declined', anchor);
  if (!declined?.own) return undefined;
  const { toldOn: answeredOn = on, data } = declined;
  const referralId = known(data.referralId);
  const isKept = answeredOn <= on && addDays(answeredOn, STUB_DAYS) >= on;
  if (!isKept || seen.of('referral.made').some((made) => made.data.referralId === referralId)) return undefined;
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
