// JWE in compact form (RFC 7516) under a shared key: `dir` with A256GCM (RFC 7518 4.5, 5.3), many thousands a second.
import { createCipheriv, type KeyObject } from 'node:crypto';
import { drawRandom } from './randomness.ts';

const IV_BYTES = 12;
const WITH_TAG = { authTagLength: 16 };

/** A key with the protected header of all that it seals, which is the additional authenticated data too (RFC 7516 5.1). */
export interface DirectKey {
  readonly key: KeyObject;
  /** Base64url. */
  readonly header: string;
  /** The same as bytes. */
  readonly authenticated: Buffer;
}

/** `kid` names the key to whoever holds several; `cty` says what is inside. */
export const directKey = (key: KeyObject, { kid, cty }: { readonly kid: string; readonly cty: string }): DirectKey => {
  const header = Buffer.from(JSON.stringify({ alg: 'dir', enc: 'A256GCM', kid, cty })).toString('base64url');
  return { key, header, authenticated: Buffer.from(header, 'latin1') };
};

/** `header..iv.ciphertext.tag`: with `dir` there is no encrypted key. The IV is random: NIST SP 800-38D 8.2.2, and 8.3 for how often. */
export const sealDirectly = ({ key, header, authenticated }: DirectKey, plain: string): Buffer => {
  const iv = drawRandom(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv, WITH_TAG);
  cipher.setAAD(authenticated);
  const sealed = cipher.update(plain, 'utf8');
  cipher.final();
  const parts = [header, '', iv.toString('base64url'), sealed.toString('base64url'), cipher.getAuthTag().toString('base64url')];
  return Buffer.from(parts.join('.'), 'latin1');
};
