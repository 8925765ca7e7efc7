// The learner's reviews as lists show them (views.md, S6).
import { addDays, type IsoDate } from '#kernel';
import { compareDays, daysBetween, isBy, type SeenItem, type SeenItems } from '../lists/index.ts';

/** A scheduled review counts as held where one of its programme was held so many days before or after; later it is missed. */
export const NEAR_DAYS = 7;

export interface NextReviewRow {
  /** Scheduled for, */
  readonly on: IsoDate | null;
  /** or to be scheduled by. */
  readonly due: IsoDate | null;
  readonly attendanceRequested: readonly string[];
  readonly reason: string | null;
}

type Held = SeenItem<'review.held'>;
type Scheduled = SeenItem<'review.scheduled'>;

export const heldBy = (seen: SeenItems, on: IsoDate): readonly Held[] => seen.of('review.held').filter(({ data }) => isBy(data.heldOn, on));

/** Scheduled again by whoever scheduled it, under its id, it is one review: the last that was said of it stands. */
export const scheduledIn = (seen: SeenItems): readonly Scheduled[] => {
  const all = seen.of('review.scheduled');
  const isSame = (one: Scheduled, other: Scheduled): boolean => one.source === other.source && one.data.reviewId === other.data.reviewId;
  return all.filter((one) => one.data.reviewId === undefined || !all.some((other) => isSame(one, other) && other.place > one.place));
};

export const lastReviewIn = (seen: SeenItems, on: IsoDate): IsoDate | null =>
  heldBy(seen, on)
    .flatMap(({ data }) => data.heldOn ?? [])
    .sort()
    .at(-1) ?? null;

/** Whether a review is the one that was scheduled. */
export const isOf =
  ({ data }: Scheduled) =>
  ({ data: { reviewId, programmeId, heldOn } }: Held): boolean =>
    reviewId === data.reviewId ||
    (programmeId === data.programmeId &&
      heldOn !== undefined &&
      data.on !== undefined &&
      Math.abs(daysBetween(data.on, heldOn)) <= NEAR_DAYS);

/** The first that is scheduled and not held; else what the last one held says of the next. */
export const nextReviewIn = (seen: SeenItems, on: IsoDate): NextReviewRow | null => {
  const held = heldBy(seen, on);
  const open = scheduledIn(seen)
    .filter((one) => !held.some(isOf(one)))
    .toSorted((one, other) => compareDays(one.data.on ?? null, other.data.on ?? null));
  const [next] = open;
  if (next) {
    const { on: day = null, attendanceRequested = [], reason = null } = next.data;
    return { on: day, due: null, attendanceRequested, reason };
  }
  const due = held.at(-1)?.data.nextReviewDue;
  return due === undefined ? null : { on: null, due, attendanceRequested: [], reason: null };
};

export const isReviewOverdue = ({ on: day, due }: NextReviewRow, on: IsoDate): boolean =>
  day === null ? due !== null && due < on : addDays(day, NEAR_DAYS) < on;
