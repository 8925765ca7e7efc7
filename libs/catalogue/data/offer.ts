// Data of offers and applications, of what a learner does and intends to do.
import type { AgencySlug, IsoDate } from '#kernel';
import type { Label } from './terms.ts';

export interface OfferStated {
  readonly offerId: string;
  /** The year of the guarantee. */
  readonly cohort: string;
  readonly provision: string;
  readonly startsOn?: IsoDate;
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

export interface DestinationRecorded {
  /** CCIS activity code. */
  readonly activity: string;
  readonly from: IsoDate;
  readonly verifiedOn: IsoDate;
}

export interface IntentionRecorded {
  readonly year: Label;
  /** CCIS activity code. */
  readonly intended: string;
  readonly occupation?: string;
}

export interface OfferData {
  readonly 'offer.made': OfferStated;
  readonly 'offer.accepted': OfferStated;
  readonly 'offer.declined': OfferStated;
  readonly 'application.submitted': ApplicationStated;
  readonly 'application.placed': ApplicationStated;
  readonly 'destination.recorded': DestinationRecorded;
  readonly 'intention.recorded': IntentionRecorded;
}
