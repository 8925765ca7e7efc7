// Data of programmes, from the start to leaving or moving on.
import type { AgencySlug, IsoDate } from '#kernel';
import type { LeavingReason } from '../vocabulary.ts';
import type { Label, Person, ProgrammeKind } from './terms.ts';

export interface ProgrammeStarted {
  readonly programmeId: string;
  readonly kind: ProgrammeKind;
  readonly title: string;
  readonly startedOn: IsoDate;
  readonly plannedEnd: IsoDate;
  readonly strand?: string;
  /** The agency that pays for it. */
  readonly fundedBy?: AgencySlug;
  /** The agency where it is delivered, if another. */
  readonly deliveredAt?: AgencySlug;
}

export interface ProgrammeAgreed {
  readonly programmeId: string;
  readonly version: Label;
  readonly objectives: readonly string[];
  readonly support?: readonly string[];
  readonly strands?: readonly string[];
  readonly of?: AgencySlug;
}

export interface ProgrammeQueried {
  readonly programmeId: string;
  readonly reason: string;
  readonly of?: AgencySlug;
}

export interface ProgrammeSignedOff {
  readonly programmeId: string;
  readonly signedBy: Person;
  readonly onBehalfOf?: string;
  readonly signedOn: IsoDate;
  /** The version of the programme that was signed. */
  readonly version?: Label;
  readonly of?: AgencySlug;
}

export interface AttendanceConcern {
  readonly programmeId: string;
  readonly on: IsoDate;
  readonly kind: string;
  readonly note?: string;
  readonly of?: AgencySlug;
}

export interface ProgrammeLeftEarly {
  readonly programmeId: string;
  readonly leftOn: IsoDate;
  readonly reason: LeavingReason;
  readonly note?: string;
}

export interface MovingOnPlanned {
  readonly programmeId: string;
  readonly aim: string;
  readonly support?: readonly string[];
  readonly on: IsoDate;
  readonly of?: AgencySlug;
}

export interface ProgrammeMovedOn {
  readonly programmeId: string;
  readonly on: IsoDate;
  /** CCIS activity code. */
  readonly destination: string;
  readonly plan?: string;
}

export interface ProgrammeData {
  readonly 'programme.started': ProgrammeStarted;
  readonly 'programme.agreed': ProgrammeAgreed;
  readonly 'programme.queried': ProgrammeQueried;
  readonly 'programme.signed-off': ProgrammeSignedOff;
  readonly 'attendance.concern': AttendanceConcern;
  readonly 'programme.left-early': ProgrammeLeftEarly;
  readonly 'moving-on.planned': MovingOnPlanned;
  readonly 'programme.moved-on': ProgrammeMovedOn;
}

// Data of reviews.

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

// Data of work placements and of what a learner achieved.

export interface PlacementSought {
  readonly occupation: string;
  readonly area: string;
  readonly programmeId?: string;
  readonly of?: AgencySlug;
}

export interface WorkplaceRiskAssessed {
  readonly employer: string;
  readonly employerId?: string;
  readonly area?: string;
  readonly on: IsoDate;
  readonly result: string;
  readonly outcome?: 'suitable' | 'with-conditions' | 'not-suitable';
  /** The last day, inclusive. */
  readonly validUntil?: IsoDate;
}

export interface PlacementStated {
  readonly placementId: string;
  readonly programmeId?: string;
  readonly employer: string;
  readonly on: IsoDate;
  readonly reason?: string;
  readonly of?: AgencySlug;
}

export interface AchievementRecorded {
  readonly achievementId: string;
  readonly kind: 'accredited' | 'non-accredited';
  readonly title: string;
  readonly level?: string;
  readonly awardedOn: IsoDate;
  readonly programmeId?: string;
  readonly of?: AgencySlug;
}

export interface PlacementData {
  readonly 'placement.sought': PlacementSought;
  readonly 'workplace.risk-assessed': WorkplaceRiskAssessed;
  readonly 'placement.started': PlacementStated;
  readonly 'placement.ended': PlacementStated;
  readonly 'achievement.recorded': AchievementRecorded;
}
