// Data of work placements and of what a learner achieved.
import type { AgencySlug, IsoDate } from '#kernel';

export interface PlacementSought {
  readonly occupation: string;
  readonly area: string;
  readonly programmeId?: string;
  readonly of?: AgencySlug;
}

export interface WorkplaceRiskAssessed {
  readonly employer: string;
  readonly employerId?: string;
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
