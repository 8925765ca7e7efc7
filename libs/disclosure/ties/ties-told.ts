// The log's record of having told an agency, or the data manager, who waits for a voucher: a look like any other, kept before anything is
// told (invariant 5).
import type { NewEvent } from '#event-store';
import type { Instant, LearnerId, Revision } from '#kernel';
import type { Vault } from '#privacy';
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

/** For its place in the learner's disclosure stream, sealed as decisions are. */
export const tiesToldEvent = (
  { id, correlation, learner }: Origin,
  place: { readonly stream: string; readonly revision: Revision },
  told: TiesTold,
  vault: Vault,
): NewEvent => {
  const key = { owner: `learner-${learner}`, category: DISCLOSURE_CATEGORY };
  return {
    id,
    type: TIES_TOLD,
    meta: { actor: told.recipient, correlation, schema: 1, ...key },
    payload: vault.seal(key, { ...place, type: TIES_TOLD }, Buffer.from(JSON.stringify(told))),
  };
};
