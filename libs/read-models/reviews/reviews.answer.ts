// Reviews that are due, scheduled, held or missed (views.md, S6; E2E p. 16).
import { addDays, type AgencySlug, type IsoDate } from '#kernel';
import { known, chosenBy, compareDays, isBy, type RowAt, type SeenItem, type SeenItems } from '../lists/index.ts';
import {
  heldBy,
  isAbout,
  isOf,
  isRunning,
  NEAR_DAYS,
  programmeNamed,
  programmeOf,
  type ProgrammeRow,
  scheduledIn,
} from '../states/index.ts';

export const REVIEW_STATES = ['due', 'scheduled', 'held', 'missed'] as const;
/** After the start of Entry to Employment within which it is reviewed first; after a review within which the adviser follows up. */
const [FIRST_DAYS, FOLLOW_DAYS] = [28, 14];

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
  readonly followUpAfter: FollowUpAfter | null;
}

type Held = SeenItem<'review.held'>;
type Scheduled = SeenItem<'review.scheduled'>;

/** Scheduled, or held without that, or due of a programme for which nothing is scheduled. */
export const reviewRow = (seen: SeenItems, at: RowAt): ReviewRow | undefined =>
  scheduledRow(seen, at) ?? heldRow(seen, at) ?? dueRow(seen, at);

const scheduledRow = (seen: SeenItems, { on, anchor }: RowAt): ReviewRow | undefined => {
  const scheduled = scheduledIn(seen).find(({ place }) => place === anchor);
  if (!scheduled) return undefined;
  const { on: scheduledOn = null, attendanceRequested = [], reason = null } = scheduled.data;
  const held = heldBy(seen, on).find(isOf(scheduled));
  const isMissed = scheduledOn !== null && addDays(scheduledOn, NEAR_DAYS) < on;
  const state = held ? 'held' : isMissed ? 'missed' : 'scheduled';
  return { ...ofReview(seen, scheduled, on), scheduledOn, dueOn: null, attendanceRequested, reason, state, ...saidOfHeld(seen, held, on) };
};

const heldRow = (seen: SeenItems, { on, anchor }: RowAt): ReviewRow | undefined => {
  const held = seen.at('review.held', anchor);
  if (!held || !isBy(held.data.heldOn, on) || scheduledIn(seen).some((one) => isOf(one)(held))) return undefined;
  const nothing = { scheduledOn: null, dueOn: null, attendanceRequested: [], reason: null };
  return { ...ofReview(seen, held, on), ...nothing, state: 'held', ...saidOfHeld(seen, held, on) };
};

const dueRow = (seen: SeenItems, { on, anchor }: RowAt): ReviewRow | undefined => {
  const started = seen.at('programme.started', anchor);
  const programme = started && programmeOf(seen, started, on);
  if (!programme || !isRunning(programme)) return undefined;
  const dueOn = dueOf(seen, programme, on);
  if (dueOn === undefined) return undefined;
  const { of, programmeId } = programme;
  const nothing = { scheduledOn: null, attendanceRequested: [], reason: null };
  return { reviewId: null, of, programmeId, dueOn, ...nothing, state: 'due', ...saidOfHeld(seen, undefined, on) };
};

/** What the last review said, or the first four weeks; nothing where one is scheduled and not held. */
const dueOf = (seen: SeenItems, programme: ProgrammeRow, on: IsoDate): IsoDate | undefined => {
  const about = isAbout(programme);
  const held = heldBy(seen, on).filter(about);
  const isScheduled = scheduledIn(seen).some((one) => about(one) && !held.some(isOf(one)) && !isPast(one, on));
  if (isScheduled) return undefined;
  const last = held.toSorted((one, other) => compareDays(known(one.data.heldOn), known(other.data.heldOn))).at(-1);
  if (last) return last.data.nextReviewDue;
  return programme.kind === 'e2e' && programme.startedOn !== null ? addDays(programme.startedOn, FIRST_DAYS) : undefined;
};

const isPast = ({ data: { on: day } }: Scheduled, on: IsoDate): boolean => day !== undefined && addDays(day, NEAR_DAYS) < on;

const ofReview = (seen: SeenItems, item: Held | Scheduled, on: IsoDate): Pick<ReviewRow, 'reviewId' | 'of' | 'programmeId'> => {
  const { reviewId = null, programmeId = null, of } = item.data;
  return { reviewId, of: of ?? programmeNamed(seen, item, on)?.of ?? known(item.source), programmeId };
};

const saidOfHeld = (
  seen: SeenItems,
  held: Held | undefined,
  on: IsoDate,
): Pick<ReviewRow, 'heldOn' | 'attendees' | 'tripartite' | 'followUpAfter'> => {
  const { heldOn, attendees } = held?.data ?? {};
  if (held === undefined || heldOn === undefined) return { heldOn: null, attendees: [], tripartite: null, followUpAfter: null };
  return {
    heldOn,
    attendees: attendees ?? [],
    tripartite: attendees ? isTripartite(attendees) : null,
    followUpAfter: followedAfter(seen, held, on),
  };
};

const isTripartite = (attendees: readonly string[]): boolean => {
  const codes = attendees.map((one) => one.trim().toLowerCase().replaceAll(/\s+/g, '-'));
  const adviser = codes.includes('personal-adviser') || codes.includes('link-adviser');
  return codes.includes('learner') && codes.includes('key-worker') && adviser;
};

const followedAfter = (seen: SeenItems, { data: { heldOn = '', reviewId, programmeId } }: Held, on: IsoDate): FollowUpAfter => {
  const madeOn = seen
    .of('follow-up.made')
    .filter(({ data }) => (data.reviewId === undefined ? data.programmeId === programmeId : data.reviewId === reviewId))
    .flatMap(({ data }) => (data.on !== undefined && data.on >= heldOn && data.on <= on ? [data.on] : []))
    .sort()[0];
  return { due: addDays(heldOn, FOLLOW_DAYS), madeOn: known(madeOn) };
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
