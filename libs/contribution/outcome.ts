// What judging a contribution comes to; the contribution itself is the event that is recorded.
import type { AgencySlug } from '#kernel';
import type { Notes } from './contribution.ts';

/** Problem codes of contracts.md (Receipts) that judging a contribution can come to. */
export type RejectionCode =
  | 'too-large'
  | 'schema'
  | 'invalid-uln'
  | 'role-not-allowed'
  | 'no-such-learner'
  | 'link-conflict'
  | 'unknown-reference'
  | 'ambiguous-reference'
  | 'reference-taken'
  | 'stale-consent';

export interface Rejection {
  readonly code: RejectionCode;
  /** What is so and what to do, to be read by the sender's staff; holds nothing of the event. */
  readonly says: string;
  /** Of `ambiguous-reference`: whose thing it may be, as far as the sender may know of them. */
  readonly candidates?: readonly AgencySlug[];
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

/** Several agencies' things have the id, and the sender may know of more than one. */
export const ambiguous = (kind: string, candidates: readonly AgencySlug[]): Rejected => ({
  outcome: 'rejected',
  rejection: {
    code: 'ambiguous-reference',
    says: `More than one agency has a ${kind} of this id for the learner. Say in \`of\` whose it is; \`candidates\` names them.`,
    candidates: [...new Set(candidates)].sort(),
  },
});
