// Data of reviews.
import type { IsoDate } from '#kernel';

export interface ReviewScheduled {
  readonly reviewId: string;
  readonly programmeId: string;
  readonly on: IsoDate;
  readonly attendanceRequested?: readonly string[];
  readonly reason?: string;
}

export interface ReviewHeld {
  readonly reviewId: string;
  readonly programmeId: string;
  readonly heldOn: IsoDate;
  readonly attendees: readonly string[];
  readonly summary: string;
  readonly actions?: readonly string[];
  readonly nextReviewDue?: IsoDate;
}

export interface ReviewData {
  readonly 'review.scheduled': ReviewScheduled;
  readonly 'review.held': ReviewHeld;
}
