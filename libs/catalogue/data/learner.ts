// Data of who a learner is, where they live, and which agencies have to do with them.
import type { AgencySlug, IsoDate } from '#kernel';

export interface LearnerRegistered {
  readonly localId: string;
  readonly uln?: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly dateOfBirth: IsoDate;
  readonly postcode?: string;
  readonly sex?: string;
  readonly contact?: string;
}

/** At least one of the learner's details is present. */
export interface LearnerCorrected extends Partial<LearnerRegistered> {
  /** True: the postcode and contact told with it, and those they replace, are kept from other agencies. */
  readonly withheld?: boolean;
  readonly reason: string;
}

export interface ResidenceStated {
  readonly postcode: string;
  readonly from?: IsoDate;
}

export interface TieConfirmed {
  /** The agency vouched for. */
  readonly agency: AgencySlug;
  readonly relationship?: TieRelationship;
  readonly reason?: string;
}

/** The relationships that a voucher may name. */
export type TieRelationship =
  | 'known-to'
  | 'referred-to'
  | 'referrer-of'
  | 'enrolled-with'
  | 'adviser-for'
  | 'link-for-provider'
  | 'home-institution'
  | 'applied-to'
  | 'resident-area';

export interface LearnerData {
  readonly 'learner.registered': LearnerRegistered;
  readonly 'learner.corrected': LearnerCorrected;
  readonly 'residence.stated': ResidenceStated;
  readonly 'tie.confirmed': TieConfirmed;
}

// Data of circumstances; the second group of kinds is special-category data.

export type OrdinaryCircumstance = 'housing' | 'caring' | 'care-status' | 'support-need';
export type SpecialCircumstance = 'health' | 'disability' | 'learning-difficulty' | 'substance' | 'pregnancy';

export interface CircumstanceNoted {
  readonly kind: OrdinaryCircumstance | SpecialCircumstance;
  readonly note: string;
  readonly since?: IsoDate;
}

export interface CircumstanceData {
  readonly 'circumstance.noted': CircumstanceNoted;
}
