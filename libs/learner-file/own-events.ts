// The broker's own events about learners' identities: names of persons are not in them, only the broker's random ids.
import type { RecordedEvent } from '#event-store';
import type { AgencySlug, LearnerId } from '#kernel';
import type { KeyName, Vault } from '#privacy';
import { openSealed } from '#privacy/opening';

/**
 * An agency gave a ULN or a local id of its own to a learner; in the identifier's own stream. One event each time, whatever exists: how
 * many events a registration makes must not tell its sender whom others know.
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

/**
 * What names a learner by an identifier, or by name and date of birth, is sealed under a name of its own for the learner: a random one that
 * only the learner's file holds. Once the learner is erased nothing leads from a known ULN to what is left in the log (ADR 20).
 */
export const aliasKey = (alias: string): KeyName => ({ owner: `alias-${alias}`, category: 'identity' });

/** Undefined where the learner was erased. Throws `VaultError`. */
export const openAliased = <Value extends IdentifierLinked | MatchKeySeen>(event: RecordedEvent, vault: Vault): Value | undefined => {
  const { owner, category } = event.meta;
  const plain = owner === undefined || category === undefined ? undefined : openSealed(vault, { owner, category }, event, event.payload);
  return plain && readClear<Value>(plain);
};

export const clearPayload = (value: IdentifierLinked | MatchKeySeen | LinkConflictFound): Uint8Array => Buffer.from(JSON.stringify(value));

export const readClear = <Value>(payload: Uint8Array): Value =>
  JSON.parse(Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString()) as Value;
