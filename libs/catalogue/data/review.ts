// Data of reviews.
import type { AgencySlug, IsoDate } from '#kernel';

export interface ReviewScheduled {
  readonly reviewId: string;
  readonly programmeId: string;
  readonly on: IsoDate;
  readonly attendanceRequested?: readonly string[];
  readonly reason?: string;
  readonly of?: AgencySlug;
}

export interface ReviewHeld {
  readonly reviewId: string;
  readonly programmeId: string;
  readonly heldOn: IsoDate;
  readonly attendees: readonly string[];
  readonly summary: string;
  readonly actions?: readonly string[];
  readonly nextReviewDue?: IsoDate;
  readonly of?: AgencySlug;
}

export interface ReviewData {
  readonly 'review.scheduled': ReviewScheduled;
  readonly 'review.held': ReviewHeld;
}
