// What a sender is told of each event, never silence (contracts.md, Receipts).
import { type Position, problemDetails, type ProblemDetails } from '#kernel';

/** Stable codes of rejections, in the order in which they are judged; the last is ours (docs/adr/0008). */
export const REJECTION_CODES = [
  'too-large',
  'invalid-envelope',
  'unknown-type',
  'schema',
  'invalid-uln',
  'role-not-allowed',
  'no-such-learner',
  'link-conflict',
  'unknown-reference',
  'reference-taken',
] as const;

export type RejectionCode = (typeof REJECTION_CODES)[number];

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
  /** The sender's pseudonym for the learner. */
  readonly learner?: string;
  readonly existing?: Existing;
  readonly problem?: ProblemDetails;
}

export const positionText = (position: Position): string => String(position);

const STATUS: Readonly<Record<RejectionCode, number>> = {
  'too-large': 413,
  'invalid-envelope': 400,
  'unknown-type': 400,
  schema: 400,
  'invalid-uln': 400,
  'role-not-allowed': 403,
  'no-such-learner': 404,
  'link-conflict': 409,
  'unknown-reference': 409,
  'reference-taken': 409,
};

/** A rejection as problem details; `says` tells what to do and holds nothing of the event. */
export const rejectionProblem = (code: RejectionCode, says: string): ProblemDetails => problemDetails(STATUS[code], code, says);
