// The sealed form: [version 1][key number, 6 bytes][nonce, 12][ciphertext][tag, 16], by AES-256-GCM (ADR 0004).
import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';
import { drawRandom } from './randomness.ts';
import { VaultError } from './vault-error.ts';
import type { Place } from './vault.ts';

const VERSION = 1;
const NUMBER_BYTES = 6;
const NONCE_BYTES = 12;
const NONCE_AT = 1 + NUMBER_BYTES;
const TEXT_AT = NONCE_AT + NONCE_BYTES;
const TAG_BYTES = 16;
const ALGORITHM = 'aes-256-gcm';
const WITH_TAG = { authTagLength: TAG_BYTES };

/** How much longer the sealed form is than what it seals. */
export const SEAL_BYTES = TEXT_AT + TAG_BYTES;

/** A key with the number, of 48 bits, by which the sealed form names it. */
export interface NumberedKey {
  readonly number: number;
  readonly key: KeyObject;
}

/** Each part behind its length, so that no two places read alike. */
const authenticated = ({ stream, revision, type }: Place): Buffer =>
  Buffer.from(`${stream.length}:${stream}${revision}:${type.length}:${type}`);

export const sealWith = ({ number, key }: NumberedKey, place: Place, plain: Uint8Array): Uint8Array => {
  const sealed = Buffer.allocUnsafe(plain.byteLength + SEAL_BYTES);
  sealed[0] = VERSION;
  sealed.writeUIntBE(number, 1, NUMBER_BYTES);
  const nonce = drawRandom(NONCE_BYTES); // random 96-bit nonces: NIST SP 800-38D 8.2.2
  nonce.copy(sealed, NONCE_AT);
  const cipher = createCipheriv(ALGORITHM, key, nonce, WITH_TAG);
  cipher.setAAD(authenticated(place));
  cipher.update(plain).copy(sealed, TEXT_AT);
  cipher.final();
  cipher.getAuthTag().copy(sealed, sealed.length - TAG_BYTES);
  return sealed;
};

/** Which key sealed these bytes. Throws `VaultError` where they are of another form. */
export const keyNumberOf = (sealed: Uint8Array): number => {
  if (sealed.byteLength < SEAL_BYTES || sealed[0] !== VERSION) throw notSealedHere();
  return bufferOf(sealed).readUIntBE(1, NUMBER_BYTES);
};

/** Throws `VaultError` unless exactly these bytes were sealed under this key at this place. */
export const openWith = (key: KeyObject, place: Place, sealed: Uint8Array): Uint8Array => {
  const bytes = bufferOf(sealed);
  const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(NONCE_AT, TEXT_AT), WITH_TAG);
  decipher.setAAD(authenticated(place));
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
  const plain = decipher.update(bytes.subarray(TEXT_AT, bytes.length - TAG_BYTES));
  try {
    decipher.final();
  } catch (cause) {
    throw notSealedHere(cause);
  }
  return plain;
};

const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const notSealedHere = (cause?: unknown): VaultError =>
  new VaultError('not-sealed-here', 'These bytes were not sealed at this place of the log: they, or where they stand, were altered.', {
    cause,
  });
