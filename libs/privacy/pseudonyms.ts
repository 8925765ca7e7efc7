// Names that tell nothing by themselves: blind ones, by which equal values meet, and those under which one agency alone knows something.
import { type Cipheriv, createCipheriv, createDecipheriv, createHmac, type Decipheriv, type KeyObject } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { AgencySlug, LearnerId, Position } from '#kernel';
import { deriveKey, type RootKey } from './root-key.ts';
import type { Pseudonyms, Vault } from './vault.ts';

// Blind names: equal values meet under equal names, and nobody without the root key can test a guess (ADR 0004).

const BYTES = 16;

export class BlindNames implements Pick<Vault, 'blind' | 'blindId'> {
  readonly #root: RootKey;
  /** Kinds are words of the code, so they are few. */
  readonly #keys = new Map<string, KeyObject>();

  constructor(root: RootKey) {
    this.#root = root;
  }

  blind(kind: string, value: string): string {
    return this.#fingerprint(kind, value).toString('base64url');
  }

  blindId(kind: string, value: string): string {
    const bytes = this.#fingerprint(kind, value);
    bytes[6] = ((bytes[6] as number) & 0x0f) | 0x80; // version 8
    bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80; // variant of RFC 9562
    return uuidOf(bytes);
  }

  #fingerprint(kind: string, value: string): Buffer {
    return createHmac('sha256', this.#keyOf(kind)).update(value).digest().subarray(0, BYTES);
  }

  #keyOf(kind: string): KeyObject {
    const known = this.#keys.get(kind);
    if (known) return known;
    const key = deriveKey(this.#root, 'blind', kind);
    this.#keys.set(kind, key);
    return key;
  }
}

/** 16 bytes in the form 8-4-4-4-12. */
export const uuidOf = (bytes: Buffer): string => {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

// Pairwise ids: keyed fingerprints that two recipients cannot join what they hold on (sharing-matrix.md, What the wire must not join).

type Blinds = Pick<Vault, 'blind'>;

/** Of an item, by the place of its event in the log: 22 base64url characters, always the same for this recipient. */
export const pairwiseItemId = (names: Blinds, recipient: AgencySlug, position: Position): string =>
  names.blind('item', `${recipient}\n${position}`);

/** What an id stands for that some agency made. */
export interface AgencyMadeId {
  readonly learner: LearnerId;
  readonly id: string;
}

/** In place of an agency's own id for a thing of a learner: equal for equal ids, so that what belongs together still shows. */
export const pairwiseThingId = (names: Blinds, recipient: AgencySlug, { learner, id }: AgencyMadeId): string =>
  names.blind('thing', `${recipient}\n${learner}\n${id}`);

// A learner's id as one AES-256 block under a key of the agency: a permutation, so it needs no table either way (ADR 0004).

const PREFIX = 'psn:';
const FORM = /^psn:[A-Za-z0-9_-]{21}[AQgw]$/; // 22 characters hold 132 bits: the last four are zero
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const AGENCIES = 4096;

interface Permutation {
  readonly forth: Cipheriv;
  readonly back: Decipheriv;
}

/** ECB is no fault here: each message is exactly one block, and equal learners are meant to have equal names. */
export class PairwisePseudonyms implements Pseudonyms {
  readonly #permutations: LRUCache<AgencySlug, Permutation>;

  constructor(root: RootKey) {
    this.#permutations = new LRUCache({
      max: AGENCIES,
      memoMethod: (agency) => {
        const key = deriveKey(root, 'pseudonym', agency);
        return {
          forth: createCipheriv('aes-256-ecb', key, null).setAutoPadding(false),
          back: createDecipheriv('aes-256-ecb', key, null).setAutoPadding(false),
        };
      },
    });
  }

  of(agency: AgencySlug, learner: LearnerId): string {
    if (!UUID.test(learner)) throw new TypeError('A learner id is a UUID in lower case.');
    const block = Buffer.from(learner.replaceAll('-', ''), 'hex');
    return PREFIX + this.#permutations.memo(agency).forth.update(block).toString('base64url');
  }

  resolve(agency: AgencySlug, pseudonym: string): LearnerId | undefined {
    if (!FORM.test(pseudonym)) return undefined;
    const block = Buffer.from(pseudonym.slice(PREFIX.length), 'base64url');
    return uuidOf(this.#permutations.memo(agency).back.update(block));
  }
}
