// The port through which personal data is sealed and opened (invariant 8: destroying a key erases). Both answer at once: they stand in the
// hot path; ADR 33 says how keys may lie elsewhere nevertheless.
import type { AgencySlug, LearnerId, Revision } from '#kernel';

/** Whose data it is and of which category: the unit of erasure. */
export interface KeyName {
  /** `learner-<uuid>` or another owner of sealed data, such as `quarantine-<blind>`. */
  readonly owner: string;
  readonly category: string;
}

/** What is authenticated with a sealed payload, so that it cannot be moved to another place in the log. */
export interface Place {
  readonly stream: string;
  readonly revision: Revision;
  readonly type: string;
}

/** Known to `#privacy/opening` and to vaults alone: whoever opens what is sealed imports that entry. */
export const OPEN: unique symbol = Symbol('open');

export interface Vault {
  /** AES-256-GCM under the key of that name, made when there is none yet (on disk only after `durable`). */
  seal(key: KeyName, place: Place, plain: Uint8Array): Uint8Array;
  /** The plain bytes, or undefined where the key was destroyed. Throws `VaultError` when the bytes or the place are not those sealed. */
  [OPEN](key: KeyName, place: Place, sealed: Uint8Array): Uint8Array | undefined;
  /** Resolves once every key made so far is on disk. Await it before storing what they seal. */
  durable(): Promise<void>;
  /** Erases all that the owner's key of one category, or of all, ever sealed. */
  destroy(owner: string, category?: string): Promise<void>;
  /** Changes whenever a key may have been destroyed, by this or another process: what was opened before must be opened anew. */
  erasureMark(): number;
  /**
   * Keyed fingerprint for look-ups (HMAC-SHA-256, 128 bits, as base64url): equal values meet,
   * and nobody without the root key can test a guess.
   */
  blind(kind: string, value: string): string;
  /** The same as a UUID (RFC 9562 version 8), for event ids. */
  blindId(kind: string, value: string): string;
  /** Resolves where keys could be made now. */
  probe(): Promise<void>;
  /** Keys that `durable` was not asked for are forgotten: nothing stored rests on them. Then all but blind names fail (`closed`). */
  close(): Promise<void>;
}

/** What can be looked up by, and not opened. */
export type Names = Pick<Vault, 'blind' | 'blindId'>;

/** Pairwise: two agencies cannot join what they hold on these names. */
export interface Pseudonyms {
  /** `psn:` and 22 base64url characters, always the same for this agency and learner. */
  of(agency: AgencySlug, learner: LearnerId): string;
  /** The learner whom an agency's pseudonym names; undefined for a malformed one. Whether that learner exists is another question. */
  resolve(agency: AgencySlug, pseudonym: string): LearnerId | undefined;
}
