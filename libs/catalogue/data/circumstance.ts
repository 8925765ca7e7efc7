// Data of circumstances; the second group of kinds is special-category data.
import type { IsoDate } from '#kernel';

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
