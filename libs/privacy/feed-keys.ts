// The keys of partners' feeds: one for each agency and epoch, derived and so never stored (ADR 0014).
import { createHash, type KeyObject } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { AgencySlug } from '#kernel';
import { deriveKey, type RootKey } from './derivation.ts';
import { type DirectKey, directKey, sealDirectly } from './direct-jwe.ts';

/** A feed key as a JWK (RFC 7517): whoever has it reads the feed of that epoch. */
export interface FeedJwk {
  readonly kty: 'oct';
  /** 32 bytes, base64url. */
  readonly k: string;
  readonly kid: string;
  readonly alg: 'A256GCM';
  readonly use: 'enc';
}

export interface FeedKey {
  /** RFC 7638 thumbprint of the JWK. It tells nothing of the key: that has 256 bits. */
  readonly kid: string;
  jwk(): FeedJwk;
  /**
   * A CloudEvent as JSON in, JWE compact out. IVs are random, so a key may seal fewer than 2^32 items (NIST SP 800-38D 8.3):
   * an epoch must end before that many could have been sealed.
   */
  seal(event: string): Buffer;
}

/** Of all partners, those of the epochs in use and of some before. */
const KEPT = 4096;
const CONTENT = 'cloudevents+json';

export class FeedKeys {
  readonly #kept: LRUCache<string, FeedKey, { readonly agency: AgencySlug; readonly epoch: string }>;

  constructor(root: RootKey) {
    this.#kept = new LRUCache({
      max: KEPT,
      memoMethod: (_name, _stale, { context: { agency, epoch } }) => new DerivedFeedKey(deriveKey(root, 'feed', agency, epoch)),
    });
  }

  /** The same again, also after a restart. Another epoch, or another agency, has a key that nothing relates to it. */
  of(agency: AgencySlug, epoch: string): FeedKey {
    return this.#kept.memo(`${agency}/${epoch}`, { context: { agency, epoch } });
  }
}

class DerivedFeedKey implements FeedKey {
  readonly kid: string;
  readonly #key: KeyObject;
  readonly #direct: DirectKey;

  constructor(key: KeyObject) {
    this.#key = key;
    this.kid = createHash('sha256')
      .update(JSON.stringify({ k: this.#k(), kty: 'oct' }))
      .digest('base64url');
    this.#direct = directKey(key, { kid: this.kid, cty: CONTENT });
  }

  jwk(): FeedJwk {
    return { kty: 'oct', k: this.#k(), kid: this.kid, alg: 'A256GCM', use: 'enc' };
  }

  seal(event: string): Buffer {
    return sealDirectly(this.#direct, event);
  }

  #k(): string {
    return this.#key.export().toString('base64url');
  }
}
