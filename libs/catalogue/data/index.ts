// The data of every catalogued event type, by short name. Agreement with the schemas is checked by data-shapes.spec.ts.
import type { AdviserData } from './adviser.ts';
import type { AssessmentData } from './assessment.ts';
import type { CircumstanceData, LearnerData } from './learner.ts';
import type { ConsentData } from './consent.ts';
import type { OfferData, ReferralData } from './offer.ts';
import type { OffenceData } from './offence.ts';
import type { PlacementData, ProgrammeData, ReviewData } from './programme.ts';
import type { PlanningData } from './planning.ts';
import type { QualityData, RetractionData, RightsData } from './rights.ts';

export interface CatalogueData
  extends
    AdviserData,
    AssessmentData,
    CircumstanceData,
    ConsentData,
    LearnerData,
    OfferData,
    OffenceData,
    PlacementData,
    PlanningData,
    ProgrammeData,
    QualityData,
    ReferralData,
    RetractionData,
    ReviewData,
    RightsData {}

// Where data has `of`, it is the agency whose id is named; of what a source says about an event of its own, that event's id.

/** A type's name without `uk.concordat.` and version, as `assessment.recorded`. */
export type ShortType = keyof CatalogueData;

export type * from './adviser.ts';
export type * from './assessment.ts';
export type * from './learner.ts';
export type * from './consent.ts';
export type * from './offer.ts';
export type * from './offence.ts';
export type * from './programme.ts';
export type * from './planning.ts';
export type * from './rights.ts';
export type * from './terms.ts';
