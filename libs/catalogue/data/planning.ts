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
  readonly area: string;
  readonly occupation?: string;
  readonly level?: string;
  readonly reason: string;
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
  /** Outward codes. */
  readonly districts: readonly string[];
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
  readonly 'provision.listed': ProvisionListed;
  readonly 'provision.gap-raised': ProvisionGapRaised;
  readonly 'labour-need.published': LabourNeedPublished;
  readonly 'benchmark.published': FigureStated;
  readonly 'target.set': FigureStated;
  readonly 'partnership.declared': PartnershipDeclared;
  readonly 'vacancy.listed': VacancyStated;
  readonly 'vacancy.filled': VacancyStated;
}
