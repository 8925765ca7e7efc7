// What a sender is told of each event, never silence (contracts.md, Receipts).
import type { Position, ProblemDetails } from '#kernel';

/** What exists already, as far as the sender may know of it. */
export interface Existing {
  readonly assessmentId: string;
  readonly framework: string;
  readonly domain: string;
  readonly assessedOn: string;
  readonly validUntil: string;
  /** Where its content may be read, for a sender who may. */
  readonly link?: string;
}

export interface Receipt {
  /** As the sender gave it; null where the event has none that can be read. */
  readonly id: string | null;
  readonly source: string;
  readonly outcome: 'accepted' | 'duplicate' | 'already-captured' | 'conflict' | 'rejected';
  /** Of the event in the log, as decimal digits. */
  readonly position?: string;
  /** The sender's pseudonym for the learner. This and `existing` are told to nobody but the sender. */
  readonly learner?: string;
  readonly existing?: Existing;
  readonly problem?: ProblemDetails;
}

export const positionText = (position: Position): string => String(position);
