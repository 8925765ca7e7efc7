// The keys of partners' feeds: one for each agency and epoch, derived and so never stored (ADR 0014).
import { createCipheriv, createHash, type KeyObject } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { AgencySlug } from '#kernel';
import { drawRandom } from './sealing.ts';
import { deriveKey, type RootKey } from './root-key.ts';

// JWE in compact form (RFC 7516) under a shared key: `dir` with A256GCM (RFC 7518 4.5, 5.3), many thousands a second.

const IV_BYTES = 12;
const WITH_TAG = { authTagLength: 16 };

/** A key with the protected header of all that it seals, which is the additional authenticated data too (RFC 7516 5.1). */
interface DirectKey {
  readonly key: KeyObject;
  /** Base64url. */
  readonly header: string;
  /** The same as bytes. */
  readonly authenticated: Buffer;
}

/** `kid` names the key to whoever holds several; `cty` says what is inside. */
const directKey = (key: KeyObject, { kid, cty }: { readonly kid: string; readonly cty: string }): DirectKey => {
  const header = Buffer.from(JSON.stringify({ alg: 'dir', enc: 'A256GCM', kid, cty })).toString('base64url');
  return { key, header, authenticated: Buffer.from(header, 'latin1') };
};

/** `header..iv.ciphertext.tag`: with `dir` there is no encrypted key. The IV is random: NIST SP 800-38D 8.2.2, and 8.3 for how often. */
const sealDirectly = ({ key, header, authenticated }: DirectKey, plain: string): Buffer => {
  const iv = drawRandom(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv, WITH_TAG);
  cipher.setAAD(authenticated);
  const sealed = cipher.update(plain, 'utf8');
  cipher.final();
  const parts = [header, '', iv.toString('base64url'), sealed.toString('base64url'), cipher.getAuthTag().toString('base64url')];
  return Buffer.from(parts.join('.'), 'latin1');
};

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
