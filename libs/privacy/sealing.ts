// The sealed form: [version 1][key number, 6 bytes][nonce, 12][ciphertext][tag, 16], by AES-256-GCM (ADR 0004).
import { createCipheriv, createDecipheriv, type KeyObject, randomFillSync } from 'node:crypto';
import type { RecordedEvent } from '#event-store';
import { type KeyName, type Keys, type LoadsKeys, OPEN, type Place, type ToLoad } from './vault.ts';

export type VaultErrorCode = 'not-sealed-here' | 'unknown-key' | 'not-loaded' | 'wrong-root-key' | 'unavailable' | 'closed';

/**
 * `not-sealed-here`: the bytes are not what was sealed, or not at this place; `unknown-key`: the key file never held the key that
 * sealed them, so it is not the file that belongs to this log; `not-loaded`: keys are to be loaded, for the first time or since their lease
 * has ended; `unavailable`: the key file could not be read or written.
 */
export class VaultError extends Error {
  override readonly name = 'VaultError';
  readonly code: VaultErrorCode;

  constructor(code: VaultErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

// Random bytes drawn many at a time: a call to the generator for each nonce would cost half as much as sealing does.

const drawn = Buffer.allocUnsafeSlow(16_384);
let used = drawn.length;

/** A view that nobody else is given; once 16 KiB more have been drawn it is filled anew: copy what has to last. At most 64 bytes. */
export const drawRandom = (bytes: number): Buffer => {
  if (used + bytes > drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  return drawn.subarray(used, (used += bytes));
};

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

// Keys as an adapter hands them out: those of the names that were loaded, and of no other.

/** What an adapter knows of keys in memory. Throws `VaultError`, `not-loaded` where they are not there any more. */
export interface HeldKeys {
  /** The key that seals for a name, made when there is none. */
  sealing(name: KeyName): NumberedKey;
  /** `key` is undefined where it was destroyed. Undefined: there never was such a key. */
  find(name: KeyName, number: number): { readonly key: KeyObject | undefined } | undefined;
}

const textOf = ({ owner, category }: KeyName): string => `${owner}\n${category}`;

export class LoadedKeys implements Keys {
  readonly #held: HeldKeys;
  readonly #names = new Set<string>();

  constructor(held: HeldKeys, names: Iterable<KeyName>) {
    this.#held = held;
    for (const name of names) this.#names.add(textOf(name));
  }

  seal(name: KeyName, place: Place, plain: Uint8Array): Uint8Array {
    this.#mustBeLoaded(name);
    return sealWith(this.#held.sealing(name), place, plain);
  }

  [OPEN](name: KeyName, place: Place, sealed: Uint8Array): Uint8Array | undefined {
    this.#mustBeLoaded(name);
    const found = this.#held.find(name, keyNumberOf(sealed));
    if (found) return found.key && openWith(found.key, place, sealed);
    throw new VaultError(
      'unknown-key',
      'The key file never held the key of these bytes: it is not the one that belongs to this log, or an older copy.',
    );
  }

  #mustBeLoaded(name: KeyName): void {
    if (!this.#names.has(textOf(name))) throw notLoaded();
  }
}

export const notLoaded = (): VaultError => new VaultError('not-loaded', 'These keys are not in memory, or not any more: load them.');

/** Under which these events lie. */
export const keysOf = (vault: LoadsKeys, events: Iterable<Pick<RecordedEvent, 'meta' | 'payload'>>): Promise<Keys> => {
  const names: ToLoad[] = [];
  for (const { meta, payload } of events)
    if (meta.owner !== undefined && meta.category !== undefined)
      names.push({ owner: meta.owner, category: meta.category, sealed: payload });
  return vault.load(names);
};

const LOADS = 5;

/**
 * Does what needs keys, in one turn, once they are loaded; again with others where their lease ended before that, so `work` may be done
 * twice. Rejects with `VaultError`.
 */
export const withKeys = async <Result>(load: () => Promise<Keys>, work: (keys: Keys) => Result): Promise<Awaited<Result>> => {
  for (let loads = 1; ; loads++) {
    const keys = await load();
    try {
      return await work(keys);
    } catch (cause) {
      if (loads === LOADS || !(cause instanceof VaultError) || cause.code !== 'not-loaded') throw cause;
    }
  }
};

// What is sealed for an event about a learner: [length of the header, u32 big-endian][header as JSON][the event's bytes as signed].

const LENGTH_BYTES = 4;

export interface Payload<Header> {
  readonly header: Header;
  /** The exact JSON text of the event; a view of the payload. */
  readonly bytes: Uint8Array;
}

export const encodePayload = <Header>({ header, bytes }: Payload<Header>): Uint8Array => {
  const text = Buffer.from(JSON.stringify(header));
  const payload = Buffer.allocUnsafe(LENGTH_BYTES + text.length + bytes.byteLength);
  payload.writeUInt32BE(text.length);
  text.copy(payload, LENGTH_BYTES);
  payload.set(bytes, LENGTH_BYTES + text.length);
  return payload;
};

/** `Header` is what was encoded: the seal vouches for it. Throws `VaultError` where the bytes are no payload at all. */
export const decodePayload = <Header>(payload: Uint8Array): Payload<Header> => {
  const buffer = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  const start = buffer.length < LENGTH_BYTES ? Number.POSITIVE_INFINITY : LENGTH_BYTES + buffer.readUInt32BE();
  if (start > buffer.length) throw noPayload();
  try {
    return { header: JSON.parse(buffer.toString('utf8', LENGTH_BYTES, start)) as Header, bytes: buffer.subarray(start) };
  } catch {
    throw noPayload(); // without the cause: the message of JSON.parse quotes what it read
  }
};

const noPayload = (): VaultError => new VaultError('not-sealed-here', 'What was sealed here is no event: header and bytes do not fit.');
