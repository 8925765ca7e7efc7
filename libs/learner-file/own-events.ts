// The broker's own events about learners' identities: names of persons are not in them, only the broker's random ids.
import type { AgencySlug, LearnerId } from '#kernel';

/**
 * An agency gave a ULN or a local id of its own to a learner; in the identifier's own stream. One event each time, whatever exists: how many
 * events a registration makes must not tell its sender whom others know.
 */
export const IDENTIFIER_LINKED = 'uk.concordat.identifier.linked.v1';
export interface IdentifierLinked {
  readonly learner: LearnerId;
  readonly agency: AgencySlug;
  /** Others who were registered with the number, for the data manager: one number, and not plainly one person (W7). */
  readonly beside?: readonly LearnerId[];
}

/**
 * A learner with this name, date of birth and postcode was registered; in the stream of that combination. One event whether or not
 * there are suspects: how many events a registration makes must not tell its sender whom others know.
 */
export const MATCH_KEY_SEEN = 'uk.concordat.match-key.seen.v1';
export interface MatchKeySeen {
  readonly learner: LearnerId;
  readonly hasUln: boolean;
  /** Others who may be the same person, for the data manager to decide: one of the two has no ULN. */
  readonly suspects: readonly LearnerId[];
}

/** A registration was rejected since its identifiers belong to two learners; in the stream `data-quality`. */
export const LINK_CONFLICT_FOUND = 'uk.concordat.link-conflict.found.v1';
export interface LinkConflictFound {
  readonly learners: readonly LearnerId[];
  readonly agency: AgencySlug;
}

export const clearPayload = (value: IdentifierLinked | MatchKeySeen | LinkConflictFound): Uint8Array =>
  Buffer.from(JSON.stringify(value));

export const readClear = <Value>(payload: Uint8Array): Value =>
  JSON.parse(Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString()) as Value;
