// A learner's id as one AES-256 block under a key of the agency: a permutation, so it needs no table either way (ADR 0004).
import { type Cipheriv, createCipheriv, createDecipheriv, type Decipheriv } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { AgencySlug, LearnerId } from '#kernel';
import { uuidOf } from './blind-names.ts';
import { deriveKey, type RootKey } from './derivation.ts';
import type { Pseudonyms } from './vault.ts';

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
