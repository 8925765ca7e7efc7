// Blind names: equal values meet under equal names, and nobody without the root key can test a guess (ADR 0004).
import { createHmac, type KeyObject } from 'node:crypto';
import { deriveKey, type RootKey } from './derivation.ts';
import type { Vault } from './vault.ts';

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
