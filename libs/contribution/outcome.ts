// What judging a contribution comes to; the contribution itself is the event that is recorded.
import type { Notes } from './contribution.ts';

/** Problem codes of contracts.md (Receipts), and `reference-taken` (docs/adr/0008). */
export type RejectionCode =
  | 'schema'
  | 'invalid-uln'
  | 'role-not-allowed'
  | 'no-such-learner'
  | 'link-conflict'
  | 'unknown-reference'
  | 'reference-taken';

export interface Rejection {
  readonly code: RejectionCode;
  /** What is so and what to do, to be read by the sender's staff; holds nothing of the event. */
  readonly says: string;
}

export interface Accepted {
  readonly outcome: 'accepted';
  /** To be recorded with the contribution. */
  readonly notes?: Notes;
}

export interface Rejected {
  readonly outcome: 'rejected';
  readonly rejection: Rejection;
}

export type Outcome = Accepted | Rejected;

export const accepted = (notes?: Notes): Accepted => (notes ? { outcome: 'accepted', notes } : { outcome: 'accepted' });

export const rejected = (code: RejectionCode, says: string): Rejected => ({ outcome: 'rejected', rejection: { code, says } });
