// Data of assessments and endorsements.
import type { AgencySlug, IsoDate } from '#kernel';
import type { Framework } from '../vocabulary.ts';
import type { Person, ProgrammeKind } from './terms.ts';

export interface AssessmentOutcome {
  readonly level?: string;
  readonly score?: number;
  readonly summary: string;
}

export interface AssessmentFactor {
  readonly code: string;
  /** 1–4. */
  readonly level: number;
}

export interface AssessmentFinding {
  readonly instrument: string;
  readonly assessedOn: IsoDate;
  /** The last day, inclusive. */
  readonly validUntil?: IsoDate;
  readonly assessor: Person;
  readonly outcome: AssessmentOutcome;
  readonly factors?: readonly AssessmentFactor[];
}

export interface AssessmentRecorded extends AssessmentFinding {
  readonly assessmentId: string;
  readonly framework: Framework;
  readonly domain: string;
  readonly supersedes?: {
    readonly assessmentId: string;
    readonly reason: 'expired' | 'not-comprehensive' | 'changed-circumstances' | 'learner-request';
  };
}

export interface AssessmentDisputed {
  readonly assessmentId: string;
  readonly reason: string;
  readonly of?: AgencySlug;
}

/** At least one field of the finding is present; each replaces the recorded one whole. */
export interface AssessmentRectified extends Partial<AssessmentFinding> {
  readonly assessmentId: string;
  readonly reason: string;
}

export interface EndorsementGiven {
  readonly endorsementId: string;
  readonly programmeKind: ProgrammeKind;
  readonly expectedLevel: string;
  readonly supportNeeds?: readonly string[];
  readonly basedOn?: readonly string[];
}

export interface EndorsementQueried {
  readonly endorsementId: string;
  readonly reason: string;
  readonly of?: AgencySlug;
}

export interface EndorsementAnswered extends EndorsementQueried {
  readonly outcome: 'upheld' | 'revised';
  /** The revised level. */
  readonly expectedLevel?: string;
}

export interface AssessmentData {
  readonly 'assessment.recorded': AssessmentRecorded;
  readonly 'assessment.disputed': AssessmentDisputed;
  readonly 'assessment.rectified': AssessmentRectified;
  readonly 'endorsement.given': EndorsementGiven;
  readonly 'endorsement.queried': EndorsementQueried;
  readonly 'endorsement.answered': EndorsementAnswered;
}
