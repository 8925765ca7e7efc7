// What the broker answers to each event (contracts.md, Receipts).

export type Outcome = 'accepted' | 'duplicate' | 'already-captured' | 'conflict' | 'rejected';

/** The assessment that exists, as far as the sender may know of it. */
export interface Existing {
  readonly assessmentId: string;
  readonly framework: string;
  readonly domain: string;
  readonly assessedOn: string;
  readonly validUntil: string;
  /** Path under which its content may be read, for a sender who may. */
  readonly link?: string;
}

/** RFC 9457, with a stable code. */
export interface ReceiptProblem {
  readonly type: string;
  readonly code: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** With `ambiguous-reference`: slugs of agencies, one of which goes into `of`. */
  readonly candidates?: readonly string[];
  /** With `link-conflict`: which identifier of the sender's own contradicts what it told before. */
  readonly identifier?: 'localId' | 'uln';
}

export interface Receipt {
  /** As sent; null where the event had none that could be read. */
  readonly id: string | null;
  readonly source: string;
  readonly outcome: Outcome;
  /** In the log; decimal digits. */
  readonly position?: string;
  /** The sender's pseudonym for the learner. This and `existing` come over Kafka, and over HTTP to the sender's own token. */
  readonly learner?: string;
  readonly existing?: Existing;
  readonly problem?: ReceiptProblem;
}

/** `typ` in the header of receipts that the broker signed. */
export const RECEIPTS_TYPE = 'concordat-receipts+jws';
