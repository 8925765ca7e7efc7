// Data keys rest wrapped: AES-256-GCM under a key from the root key, bound to owner, category and number (ADR 0004).
import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto';
import { deriveKey, type RootKey, unambiguous } from '../derivation.ts';
import { drawRandom } from '../randomness.ts';
import type { NumberedKey } from '../sealing.ts';
import { VaultError } from '../vault-error.ts';
import type { KeyName } from '../vault.ts';

const ALGORITHM = 'aes-256-gcm';
const NONCE = 12;
const KEY = 32;
const TAG = 16;
const WITH_TAG = { authTagLength: TAG };

/** Length of a wrapped key: nonce, ciphertext, tag. */
export const WRAPPED_BYTES = NONCE + KEY + TAG;

export interface WrappedKey {
  readonly number: number;
  readonly wrapped: Uint8Array;
}

export class KeyWrapper {
  readonly #key: KeyObject;

  constructor(root: RootKey) {
    this.#key = deriveKey(root, 'wrap');
  }

  /** A new random key. Its number is random too: two processes may make the first key of one name at the same time. */
  make(name: KeyName): NumberedKey & WrappedKey {
    const bytes = drawRandom(KEY);
    const number = drawRandom(6).readUIntBE(0, 6);
    const nonce = drawRandom(NONCE);
    const cipher = createCipheriv(ALGORITHM, this.#key, nonce, WITH_TAG).setAAD(boundTo(name, number));
    const wrapped = Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
    return { number, wrapped, key: takeIn(bytes) };
  }

  /** Throws `VaultError` where the file was altered. */
  unwrap(name: KeyName, { number, wrapped }: WrappedKey): KeyObject {
    const decipher = createDecipheriv(ALGORITHM, this.#key, wrapped.subarray(0, NONCE), WITH_TAG);
    decipher.setAAD(boundTo(name, number)).setAuthTag(wrapped.subarray(NONCE + KEY));
    const bytes = decipher.update(wrapped.subarray(NONCE, NONCE + KEY));
    try {
      decipher.final();
    } catch (cause) {
      throw new VaultError(
        'unavailable',
        'A key in the key file was altered: restore the file from a backup and erase again what was erased since.',
        { cause },
      );
    }
    return takeIn(bytes);
  }
}

const boundTo = ({ owner, category }: KeyName, number: number): Buffer => Buffer.from(unambiguous(owner, category, String(number)));

/** The key object has a copy of its own; the bytes must not linger on the heap. */
const takeIn = (bytes: Buffer): KeyObject => {
  const key = createSecretKey(bytes);
  bytes.fill(0);
  return key;
};
