// The learner's reviews as lists show them (views.md, S6).
import { addDays, type IsoDate } from '#kernel';
import { compareDays, daysBetween, isBy, type SeenItem, type SeenItems } from '../lists/index.ts';
import { areAboutOne, isAboutProgramme, isByItsAgency } from './owners.ts';
import { hasEnded, isRunning, type ProgrammeRow, programmesIn } from './programmes.ts';
import { termDue, type TermsAt } from './terms.ts';

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

/** Whether a review is the one that was scheduled: its own agency's of that id, or one of that programme at about that time. */
export const isOf =
  (seen: SeenItems, scheduled: Scheduled) =>
  (held: Held): boolean => {
    const { source, data } = scheduled;
    if (data.reviewId !== undefined && held.source === source && held.data.reviewId === data.reviewId) return true;
    const days = [data.on, held.data.heldOn] as const;
    return isWithinDays(...days) && areAboutOne(seen, scheduled, held);
  };

const isWithinDays = (on: IsoDate | undefined, heldOn: IsoDate | undefined): boolean =>
  on !== undefined && heldOn !== undefined && Math.abs(daysBetween(on, heldOn)) <= NEAR_DAYS;

/** Neither held, nor missed and made up for by a later one of that programme, nor of one that is over; the earliest first. */
export const openReviewsIn = (seen: SeenItems, on: IsoDate): readonly Scheduled[] => {
  const held = heldBy(seen, on);
  const isMadeUpFor = (one: Scheduled): boolean =>
    isMissed(one, on) && held.some((other) => (other.data.heldOn ?? '') > (one.data.on ?? '') && areAboutOne(seen, one, other));
  return scheduledIn(seen)
    .filter((one) => !held.some(isOf(seen, one)) && !isMadeUpFor(one) && !hasEnded(seen, one, on))
    .toSorted((one, other) => compareDays(one.data.on ?? null, other.data.on ?? null));
};

/** The first that is scheduled and not held; else what the last one held says of the next. */
export const nextReviewIn = (seen: SeenItems, at: ReviewsAt): NextReviewRow | null => {
  const { on } = at;
  const held = heldBy(seen, on);
  const [next] = openReviewsIn(seen, on);
  if (next) {
    const { on: day = null, attendanceRequested = [], reason = null } = next.data;
    return { on: day, due: null, attendanceRequested, reason };
  }
  const due = dueIn(seen, held, at);
  return due === undefined ? null : { on: null, due, attendanceRequested: [], reason: null };
};

/** Of several programmes that go on the one whose review is due first; where no programme is seen, what the last review says. */
const dueIn = (seen: SeenItems, held: readonly Held[], at: ReviewsAt): IsoDate | undefined => {
  const programmes = programmesIn(seen, at.on);
  if (programmes.length === 0) return dueAfter(lastOf(held), at);
  return programmes.flatMap((one) => (isRunning(one) ? (reviewDueOf(seen, one, at) ?? []) : [])).sort()[0];
};

/** By its day, whenever it was told. */
const lastOf = (held: readonly Held[]): Held | undefined =>
  held.toSorted((one, other) => compareDays(one.data.heldOn ?? null, other.data.heldOn ?? null)).at(-1);

interface ReviewsAt extends TermsAt {
  readonly on: IsoDate;
}

/** By the day that it set, and so long after it as is agreed, which usually is not at all. */
const dueAfter = (last: Held | undefined, at: ReviewsAt): IsoDate | undefined => {
  const from = last?.data.nextReviewDue;
  return from && termDue(at, { duty: 'review-when-due', usual: 'P0D', from, toldOn: last?.toldOn });
};

/** Where none is scheduled: what the last review said, or, of Entry to Employment, the first four weeks, or as agreed. */
export const reviewDueOf = (seen: SeenItems, programme: ProgrammeRow, at: ReviewsAt): IsoDate | undefined => {
  const { on } = at;
  const about = isAboutProgramme(seen, programme);
  const held = heldBy(seen, on).filter(about);
  const isScheduled = scheduledIn(seen).some((one) => about(one) && !held.some(isOf(seen, one)) && !isMissed(one, on));
  if (isScheduled) return undefined;
  const last = lastOf(held);
  if (last) return dueAfter(last, at);
  if (programme.kind !== 'e2e' || programme.startedOn === null) return undefined;
  const toldOn = seen.of('programme.started').find(isByItsAgency(programme))?.toldOn;
  return termDue(at, { duty: 'first-review', usual: 'P28D', from: programme.startedOn, toldOn });
};

const isMissed = ({ data: { on: day } }: Scheduled, on: IsoDate): boolean => day !== undefined && addDays(day, NEAR_DAYS) < on;

export const isReviewOverdue = ({ on: day, due }: NextReviewRow, on: IsoDate): boolean =>
  day === null ? due !== null && due < on : addDays(day, NEAR_DAYS) < on;
