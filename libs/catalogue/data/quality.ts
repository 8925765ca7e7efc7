// Data of quality assurance and of what parties undertook: about agencies, never about learners.
import type { AgencySlug, IsoDate } from '#kernel';

export interface ProcedurePublished {
  readonly procedureId: string;
  readonly title: string;
  readonly text: string;
}

export interface FindingRecorded {
  readonly findingId: string;
  readonly procedureId: string;
  /** Whom the finding is about. */
  readonly agency: AgencySlug;
  readonly finding: string;
  readonly action: string;
  readonly due: IsoDate;
  readonly of?: AgencySlug;
}

export interface FindingClosed {
  readonly findingId: string;
  readonly on: IsoDate;
  readonly of?: AgencySlug;
}

export interface UndertakingDischarged {
  readonly protocol: string;
  readonly duty: string;
  readonly on: IsoDate;
  readonly note?: string;
}

export interface QualityData {
  readonly 'quality.procedure-published': ProcedurePublished;
  readonly 'quality.finding-recorded': FindingRecorded;
  readonly 'quality.finding-closed': FindingClosed;
  readonly 'undertaking.discharged': UndertakingDischarged;
}
