// Data of feedback, planning and vacancies: about agencies and areas rather than learners.
import type { AgencySlug, IsoDate } from '#kernel';
import type { Label } from './terms.ts';

export interface FeedbackGiven {
  readonly about: AgencySlug;
  readonly theme: string;
  /** 1–5. */
  readonly rating?: number;
  readonly comment?: string;
}

export interface FeedbackAnswered {
  readonly about: AgencySlug;
  readonly theme: string;
  readonly period: Label;
  readonly action: string;
}

export interface ProvisionListed {
  readonly provisionId: string;
  readonly title: string;
  readonly kind: string;
  readonly level?: string;
  readonly places: number;
  readonly startsOn?: IsoDate;
  readonly area: string;
}

export interface ProvisionGapRaised {
  readonly gapId?: string;
  readonly area: string;
  readonly occupation?: string;
  readonly level?: string;
  readonly reason: string;
}

export interface ProvisionGapAnswered {
  readonly gapId: string;
  readonly decision: 'planned' | 'declined' | 'exists';
  readonly note: string;
  readonly of?: AgencySlug;
}

export interface LabourNeedPublished {
  readonly area: string;
  readonly occupation: string;
  readonly level?: string;
  readonly count?: number;
  readonly period: Label;
}

export interface FigureStated {
  readonly measure: string;
  readonly period: Label;
  readonly value: number;
  readonly scope: string;
}

export interface PartnershipDeclared {
  readonly name: string;
  readonly members: readonly AgencySlug[];
  /** Outward codes, or longer prefixes such as `WV14 8`. */
  readonly districts: readonly string[];
  /** The last day for what is to enter the plan. */
  readonly planningCloses?: IsoDate;
}

export interface VacancyStated {
  readonly vacancyId: string;
  readonly employer: string;
  readonly title: string;
  readonly area: string;
  readonly confidentialTo?: AgencySlug;
}

export interface PlanningData {
  readonly 'feedback.given': FeedbackGiven;
  readonly 'feedback.answered': FeedbackAnswered;
  readonly 'provision.listed': ProvisionListed;
  readonly 'provision.gap-raised': ProvisionGapRaised;
  readonly 'provision.gap-answered': ProvisionGapAnswered;
  readonly 'labour-need.published': LabourNeedPublished;
  readonly 'benchmark.published': FigureStated;
  readonly 'target.set': FigureStated;
  readonly 'partnership.declared': PartnershipDeclared;
  readonly 'vacancy.listed': VacancyStated;
  readonly 'vacancy.filled': VacancyStated;
}
