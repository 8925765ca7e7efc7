// Data of youth justice. All but the quota is criminal-offence data.
import type { AgencySlug, IsoDate } from '#kernel';
import type { Label, ProgrammeKind } from './terms.ts';

export interface OffenceNoted {
  readonly incident: string;
  readonly outcome?: string;
  readonly order?: string;
  readonly until?: IsoDate;
}

export interface CaseConferenceHeld {
  readonly on: IsoDate;
  readonly attendees: readonly string[];
  readonly decisions: readonly string[];
}

export interface ReleasePlanned {
  /** The establishment. */
  readonly from: string;
  readonly on: IsoDate;
}

export interface QuotaAgreed {
  readonly provider: AgencySlug;
  readonly programmeKind: ProgrammeKind;
  readonly places: number;
  readonly year: Label;
  /** Learners under supervision in that year. */
  readonly cohortSize?: number;
}

export interface OffenceData {
  readonly 'offence.noted': OffenceNoted;
  readonly 'case-conference.held': CaseConferenceHeld;
  readonly 'release.planned': ReleasePlanned;
  readonly 'quota.agreed': QuotaAgreed;
}
