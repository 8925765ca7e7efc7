// Every other key comes from the root key by HKDF-SHA-256 (RFC 5869), each for one purpose alone (ADR 0004).
import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

/** 256 random bits, from which all of a broker's keys follow. */
export type RootKey = KeyObject;

const KEY_BYTES = 32;
const SCHEME = 'concordat/v1';

export const rootKeyOf = (bytes: Uint8Array): RootKey => {
  if (bytes.byteLength !== KEY_BYTES) throw new RangeError('A root key has 32 bytes.');
  return createSecretKey(bytes);
};

/** Names each part with its length, so that no two different lists read alike (netstrings, lengths in UTF-16 units). */
export const unambiguous = (...parts: readonly string[]): string => parts.map((part) => `${part.length}:${part}`).join('');

/** A 256-bit key for the purpose that these words name. */
export const deriveKey = (root: RootKey, ...purpose: readonly string[]): KeyObject =>
  createSecretKey(new Uint8Array(hkdfSync('sha256', root, '', unambiguous(SCHEME, ...purpose), KEY_BYTES)));
