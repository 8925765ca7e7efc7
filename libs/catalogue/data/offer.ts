// Data of offers and applications, of what a learner does and intends to do.
import type { AgencySlug, IsoDate } from '#kernel';
import type { Label } from './terms.ts';

// Data of referrals.

export interface ReferralMade {
  readonly referralId: string;
  readonly to: AgencySlug;
  readonly office?: string;
  readonly route: 'connexions' | 'other-agency' | 'self' | 'school' | 'yot' | 'out-of-area';
  readonly reason?: string;
  readonly assessments?: readonly string[];
}

export interface ReferralWithdrawn {
  readonly referralId: string;
  readonly reason?: string;
}

export interface ReferralAnswered extends ReferralWithdrawn {
  readonly of?: AgencySlug;
}

export interface ReferralData {
  readonly 'referral.made': ReferralMade;
  readonly 'referral.accepted': ReferralAnswered;
  readonly 'referral.declined': ReferralAnswered;
  readonly 'referral.withdrawn': ReferralWithdrawn;
}

export interface OfferStated {
  readonly offerId: string;
  /** The year of the guarantee. */
  readonly cohort: string;
  readonly provision: string;
  readonly startsOn?: IsoDate;
  readonly of?: AgencySlug;
}

export interface OfferMade extends OfferStated {
  readonly applicationId?: string;
}

export interface OfferDeclined extends OfferStated {
  readonly reason?: 'not-suitable' | 'other-offer' | 'changed-mind' | 'other';
}

export interface ApplicationChoice {
  readonly agency: AgencySlug;
  readonly provision: string;
  readonly startsOn?: IsoDate;
}

export interface ApplicationStated {
  readonly applicationId: string;
  /** In order of preference; of a placed application, where. */
  readonly choices: readonly ApplicationChoice[];
}

export interface ApplicationPlaced extends ApplicationStated {
  readonly of?: AgencySlug;
}

export interface DestinationRecorded {
  /** CCIS activity code. */
  readonly activity: string;
  readonly from: IsoDate;
  readonly verifiedOn: IsoDate;
  /** Where that is known, from when on it is so no more: the course ends, the place agreed begins, release. */
  readonly until?: IsoDate;
}

export interface IntentionRecorded {
  readonly year: Label;
  /** CCIS activity code. */
  readonly intended: string;
  readonly occupation?: string;
}

export interface OfferData {
  readonly 'offer.made': OfferMade;
  readonly 'offer.accepted': OfferStated;
  readonly 'offer.declined': OfferDeclined;
  readonly 'application.submitted': ApplicationStated;
  readonly 'application.placed': ApplicationPlaced;
  readonly 'destination.recorded': DestinationRecorded;
  readonly 'intention.recorded': IntentionRecorded;
}
