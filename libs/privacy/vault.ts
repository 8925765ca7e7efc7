// The port through which personal data is sealed and opened (invariant 8: destroying a key erases). Whatever touches where keys lie answers
// later; what computes on keys in memory answers at once (ADR 33).
import type { StreamSeal } from '#event-store';
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

/** Of which keys are to be loaded; with what one of them sealed, that one too, which another process may have made a moment ago. */
export interface ToLoad extends KeyName {
  readonly sealed?: Uint8Array;
}

/**
 * Keys of some names, in memory: good while the vault's lease holds, half of which at least is left when they are loaded. Whoever loaded
 * them uses them in the same turn. Of another name, or once the lease has ended or a key of that name was destroyed, they may throw
 * `VaultError` (`not-loaded`): they are to be loaded anew.
 */
export interface Keys {
  /** AES-256-GCM under the key of that name, made when there is none yet (kept only after `durable`). */
  seal(key: KeyName, place: Place, plain: Uint8Array): Uint8Array;
  /** The plain bytes, or undefined where the key was destroyed. Throws `VaultError` when the bytes or the place are not those sealed. */
  [OPEN](key: KeyName, place: Place, sealed: Uint8Array): Uint8Array | undefined;
}

export interface Vault {
  /** Resolves once the keys of these names are in memory. A name that has none yet is no fault: sealing makes one. */
  load(names: Iterable<ToLoad>): Promise<Keys>;
  /** Resolves once every key made so far is kept. Await it before storing what they seal. */
  durable(): Promise<void>;
  /** Erases all that the owner's key of one category, or of all, ever sealed: once it resolves, no keys in any process open it. */
  destroy(owner: string, category?: string): Promise<void>;
  /**
   * A look at memory. Changes whenever a key may have been destroyed, by this or another process: what was opened before must be opened
   * anew.
   */
  erasureMark(): number;
  /**
   * Keyed fingerprint for look-ups (HMAC-SHA-256, 128 bits, as base64url): equal values meet,
   * and nobody without the root key can test a guess.
   */
  blind(kind: string, value: string): string;
  /** The same as a UUID (RFC 9562 version 8), for event ids. */
  blindId(kind: string, value: string): string;
  /** Vouches for streams that decide who may do what; how far they were seen to go is kept with the keys (ADR 19). */
  readonly streamSeal: StreamSeal;
  /** Resolves where keys could be made now. */
  probe(): Promise<void>;
  /** Keys that `durable` was not asked for are forgotten: nothing stored rests on them. Then all but blind names fail (`closed`). */
  close(): Promise<void>;
}

/** Whence keys are loaded. */
export type LoadsKeys = Pick<Vault, 'load'>;

/** What can be looked up by, and not opened. */
export type Names = Pick<Vault, 'blind' | 'blindId'>;

/** Pairwise: two agencies cannot join what they hold on these names. */
export interface Pseudonyms {
  /** `psn:` and 22 base64url characters, always the same for this agency and learner. */
  of(agency: AgencySlug, learner: LearnerId): string;
  /** The learner whom an agency's pseudonym names; undefined for a malformed one. Whether that learner exists is another question. */
  resolve(agency: AgencySlug, pseudonym: string): LearnerId | undefined;
}
