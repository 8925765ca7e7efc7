// Data of what a learner asks or complains about, and of the answers.
import type { AgencySlug, IsoDate } from '#kernel';

interface Addressed {
  /** The agency asked. */
  readonly about: AgencySlug;
  readonly regarding?: string;
  readonly text: string;
}

interface Answer {
  readonly text: string;
  /** By when more is to be heard. */
  readonly due?: IsoDate;
  readonly of?: AgencySlug;
}

interface OfQuestion {
  readonly questionId: string;
}

interface OfComplaint {
  readonly complaintId: string;
}

export type QuestionAsked = OfQuestion & Addressed;
export type QuestionAnswered = OfQuestion & Answer;
export type ComplaintMade = OfComplaint & Addressed;
export type ComplaintAnswered = OfComplaint & Answer;

export interface RightsData {
  readonly 'question.asked': QuestionAsked;
  readonly 'question.answered': QuestionAnswered;
  readonly 'complaint.made': ComplaintMade;
  readonly 'complaint.acknowledged': ComplaintAnswered;
  readonly 'complaint.answered': ComplaintAnswered;
}

// Data of what a source says about an event of its own: that it takes it back, or keeps it from the learner.

interface OfOwnEvent {
  /** CloudEvents id of the sender's own event. */
  readonly of: string;
}

export interface RecordRetracted extends OfOwnEvent {
  readonly reason: 'entered-in-error' | 'wrong-learner' | 'other';
  readonly note?: string;
}

export interface WithholdingStated extends OfOwnEvent {
  readonly ground: 'serious-harm' | 'crime';
  /** The last day, inclusive. */
  readonly until: IsoDate;
}

export type WithholdingEnded = OfOwnEvent;

export interface RetractionData {
  readonly 'record.retracted': RecordRetracted;
  readonly 'withholding.stated': WithholdingStated;
  readonly 'withholding.ended': WithholdingEnded;
}

// Data of quality assurance and of what parties undertook: about agencies, never about learners.

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
