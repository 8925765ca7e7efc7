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
