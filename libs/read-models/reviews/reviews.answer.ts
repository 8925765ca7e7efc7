// Reviews that are due, scheduled, held or missed (views.md, S6; E2E p. 16).
import { ownerAmong } from '#duties';
import { addDays, type AgencySlug, type IsoDate } from '#kernel';
import { known, chosenBy, compareDays, isBy, type RowAt, type SeenItem, type SeenItems } from '../lists/index.ts';
import {
  areAboutOne,
  dueOfAdviser,
  endedOn,
  hasEnded,
  heldBy,
  isOf,
  isRunning,
  NEAR_DAYS,
  programmeNamed,
  programmeOf,
  reviewDueOf,
  termDue,
  scheduledIn,
} from '../states/index.ts';

export const REVIEW_STATES = ['due', 'scheduled', 'held', 'missed'] as const;
/** After a review within which the adviser follows up. */

export interface FollowUpAfter {
  readonly due: IsoDate | null;
  readonly madeOn: IsoDate | null;
}

export interface ReviewRow {
  readonly reviewId: string | null;
  readonly of: AgencySlug | null;
  readonly programmeId: string | null;
  readonly scheduledOn: IsoDate | null;
  readonly dueOn: IsoDate | null;
  readonly heldOn: IsoDate | null;
  readonly attendees: readonly string[];
  readonly tripartite: boolean | null;
  readonly attendanceRequested: readonly string[];
  readonly reason: string | null;
  readonly state: (typeof REVIEW_STATES)[number];
  readonly overdue: boolean;
  readonly followUpAfter: FollowUpAfter | null;
}

type Held = SeenItem<'review.held'>;
type Scheduled = SeenItem<'review.scheduled'>;

/** Scheduled, or held without that, or due of a programme for which nothing is scheduled. */
export const reviewRow = (seen: SeenItems, at: RowAt): ReviewRow | undefined =>
  scheduledRow(seen, at) ?? heldRow(seen, at) ?? dueRow(seen, at);

const scheduledRow = (seen: SeenItems, at: RowAt): ReviewRow | undefined => {
  const { on, anchor } = at;
  const scheduled = scheduledIn(seen).find(({ place }) => place === anchor);
  if (!scheduled) return undefined;
  const { on: scheduledOn = null, attendanceRequested = [], reason = null } = scheduled.data;
  const held = heldBy(seen, on).find(isOf(seen, scheduled));
  const state = held ? 'held' : missedOrNot(scheduledOn, on);
  // Of a programme that is over none is to be held any more.
  const overdue = state === 'missed' && !hasEnded(seen, scheduled, on);
  const arranged = { scheduledOn, dueOn: null, attendanceRequested, reason, state, overdue } as const;
  return { ...ofReview(seen, scheduled, on), ...arranged, ...saidOfHeld(seen, held, at) };
};

const missedOrNot = (day: IsoDate | null, on: IsoDate): 'missed' | 'scheduled' =>
  day !== null && addDays(day, NEAR_DAYS) < on ? 'missed' : 'scheduled';

const heldRow = (seen: SeenItems, at: RowAt): ReviewRow | undefined => {
  const { on, anchor } = at;
  const held = seen.at('review.held', anchor);
  if (!held || !isBy(held.data.heldOn, on) || scheduledIn(seen).some((one) => isOf(seen, one)(held))) return undefined;
  const nothing = { scheduledOn: null, dueOn: null, attendanceRequested: [], reason: null };
  return { ...ofReview(seen, held, on), ...nothing, state: 'held', overdue: false, ...saidOfHeld(seen, held, at) };
};

const dueRow = (seen: SeenItems, at: RowAt): ReviewRow | undefined => {
  const { on, anchor } = at;
  const started = seen.at('programme.started', anchor);
  const programme = started && programmeOf(seen, started, on);
  if (!programme || !isRunning(programme)) return undefined;
  const dueOn = reviewDueOf(seen, programme, at);
  if (dueOn === undefined) return undefined;
  const { of, programmeId } = programme;
  const nothing = { scheduledOn: null, attendanceRequested: [], reason: null };
  return { reviewId: null, of, programmeId, dueOn, ...nothing, state: 'due', overdue: dueOn < on, ...saidOfHeld(seen, undefined, at) };
};

const ofReview = (seen: SeenItems, item: Held | Scheduled, on: IsoDate): Pick<ReviewRow, 'reviewId' | 'of' | 'programmeId'> => {
  const { reviewId = null, programmeId = null, of } = item.data;
  return { reviewId, of: of ?? programmeNamed(seen, item, on)?.of ?? known(item.source), programmeId };
};

const saidOfHeld = (
  seen: SeenItems,
  held: Held | undefined,
  at: RowAt,
): Pick<ReviewRow, 'heldOn' | 'attendees' | 'tripartite' | 'followUpAfter'> => {
  const { heldOn, attendees } = held?.data ?? {};
  if (held === undefined || heldOn === undefined) return { heldOn: null, attendees: [], tripartite: null, followUpAfter: null };
  return {
    heldOn,
    attendees: attendees ?? [],
    tripartite: attendees ? isTripartite(attendees) : null,
    followUpAfter: followedAfter(seen, held, at),
  };
};

const isTripartite = (attendees: readonly string[]): boolean => {
  const codes = attendees.map((one) => one.trim().toLowerCase().replaceAll(/\s+/g, '-'));
  const adviser = codes.includes('personal-adviser') || codes.includes('link-adviser');
  return codes.includes('learner') && codes.includes('key-worker') && adviser;
};

const followedAfter = (seen: SeenItems, held: Held, at: RowAt): FollowUpAfter => {
  const { heldOn = '' } = held.data;
  const madeOn = seen
    .of('follow-up.made')
    .filter(isAfter(seen, held))
    .flatMap(({ data: { on: day } }) => (day !== undefined && day >= heldOn && day <= at.on ? [day] : []))
    .sort()[0];
  const settledOn = madeOn ?? endedOn(seen, held, at.on);
  const first = termDue(at, { duty: 'follow-up-after-review', usual: 'P14D', from: heldOn, toldOn: held.toldOn });
  const due = dueOfAdviser(seen, at, { due: first, toldOn: held.toldOn, settledOn });
  return { due, madeOn: known(madeOn) };
};

/** A follow-up of that review: whoever names none follows up the programme. */
const isAfter =
  (seen: SeenItems, held: Held) =>
  (made: SeenItem<'follow-up.made'>): boolean => {
    const { reviewId } = made.data;
    if (!areAboutOne(seen, held, made)) return false;
    return reviewId === undefined || (reviewId === held.data.reviewId && reviewerOf(seen, made) === held.source);
  };

/** Whose review of the programme is meant by its id: ids are each agency's own. */
const reviewerOf = (seen: SeenItems, made: SeenItem<'follow-up.made'>): AgencySlug | undefined => {
  const all = [...seen.of('review.scheduled'), ...seen.of('review.held')];
  const ofIt = all.filter((one) => one.data.reviewId === made.data.reviewId && areAboutOne(seen, one, made));
  return ownerAmong(ofIt, { source: made.source, place: made.place });
};

export const dayOf = ({ heldOn, scheduledOn, dueOn }: ReviewRow): IsoDate | null => heldOn ?? scheduledOn ?? dueOn;

export const isChosen = chosenBy<ReviewRow>({
  state: ({ state }, value) => state === value,
  provider: ({ of }, value) => of === value,
  'attendance-requested': ({ attendanceRequested }, value) => String(attendanceRequested.length > 0) === value,
  from: (row, value) => (dayOf(row) ?? '') >= value,
  to: (row, value) => isBy(dayOf(row) ?? undefined, value),
});

export const reviewOrder = (one: ReviewRow, other: ReviewRow): number => compareDays(dayOf(one), dayOf(other));
