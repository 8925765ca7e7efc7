// What a sender is told of each event, never silence (contracts.md, Receipts).
import { type AgencySlug, type Position, problemDetails, type ProblemDetails } from '#kernel';

/** Stable codes of rejections, in the order in which they are judged. */
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
  'ambiguous-reference',
  'reference-taken',
  'stale-consent',
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
  /** The sender's pseudonym for the learner. This and `existing` are told to nobody but the sender. */
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
  'ambiguous-reference': 409,
  'reference-taken': 409,
  'stale-consent': 409,
};

/**
 * With `ambiguous-reference`: slugs of the agencies whose thing it may be, as far as the sender may know of them;
 * one of them goes into `of`.
 */
export interface RejectionMore {
  readonly candidates?: readonly AgencySlug[];
}

/** A rejection as problem details; `says` tells what to do and holds nothing of the event. */
export const rejectionProblem = (code: RejectionCode, says: string, more: RejectionMore = {}): ProblemDetails =>
  problemDetails(STATUS[code], code, says, { ...more });
