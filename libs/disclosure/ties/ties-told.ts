// The log's record of having told an agency, or the data manager, who waits for a voucher: a look like any other, kept before anything is
// told (invariant 5).
import type { Instant, LearnerId, Revision } from '#kernel';
import type { PlainEvent } from '#unit-of-work';
import { DISCLOSURE_CATEGORY } from '../disclosure-log.ts';
import type { WaitingParty } from './tie-judge.ts';

export const TIES_TOLD = 'uk.concordat.ties.told.v1';

export interface TiesTold {
  /** An agency, or an office. */
  readonly recipient: string;
  readonly staff?: string;
  readonly ties: readonly WaitingParty[];
  readonly at: Instant;
  /** Revisions of the learner's stream, of the registers and of the link advisers as they stood. */
  readonly learner: Revision;
  readonly agencies: Revision;
  readonly protocols: Revision;
  readonly linkAdvisers: Revision;
}

interface Origin {
  readonly id: string;
  readonly correlation: string;
  readonly learner: LearnerId;
}

/** For the learner's disclosure stream, sealed as decisions are. */
export const tiesToldEvent = ({ id, correlation, learner }: Origin, told: TiesTold): PlainEvent => ({
  id,
  type: TIES_TOLD,
  meta: { actor: told.recipient, correlation, schema: 1, owner: `learner-${learner}`, category: DISCLOSURE_CATEGORY },
  content: { json: told },
});
