// How the directory tells which ids and streams a log holds, and where: entries in buckets, by a hash of their keys, and for each bucket a
// filter that tells of most keys that they are not in it (ADR 0037). All numbers are words of 32 bits, as the machine has them.
//
//   bucket: [CRC-32 of what follows] and entries      entry: [key ×4][events before | OF_ID][positions][position …]
import { hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Position } from '#kernel';
import { writeUuid } from '../record-form.ts';

/**
 * Of an event: the bytes of its id. Of a stream: the first of SHA-256 over its name; where that ends in a UUID, over what is before that,
 * XOR its bytes.
 */
export const KEY_WORDS = 4;
/** Kinds of streams are few. */
const MOST_PREFIXES = 1000;

/** In place of how many events the stream has before. */
export const OF_ID = 0xffff_ffff;

const BEFORE = KEY_WORDS;
const COUNT = KEY_WORDS + 1;
const HEAD_WORDS = KEY_WORDS + 2;
const WORD_BYTES = 4;

const UUID_LETTERS = 36;
const uuid = new Uint32Array(KEY_WORDS);
const uuidBytes = new Uint8Array(uuid.buffer);
const prefixes = new Map<string, Uint32Array>();

const digestKey = (text: string): Uint32Array => {
  const [digest, key] = [hash('sha256', text, 'buffer'), new Uint32Array(KEY_WORDS)];
  for (let word = 0; word < KEY_WORDS; word++) key[word] = digest.readUInt32LE(word * WORD_BYTES);
  return key;
};

const prefixKey = (prefix: string): Uint32Array => {
  const known = prefixes.get(prefix);
  if (known) return known;
  const made = digestKey(prefix);
  if (prefixes.size < MOST_PREFIXES) prefixes.set(prefix, made);
  return made;
};

/** Most names are a kind and a UUID: that costs no hash of its own. */
export const streamKey = (stream: string): Uint32Array => {
  const at = stream.length - UUID_LETTERS;
  if (at < 0) return prefixKey(stream);
  if (!writeUuid(stream.slice(at), uuidBytes, 0)) return digestKey(stream);
  const [prefix, key] = [prefixKey(stream.slice(0, at)), new Uint32Array(KEY_WORDS)];
  for (let word = 0; word < KEY_WORDS; word++) key[word] = (prefix[word] as number) ^ (uuid[word] as number);
  return key;
};

// Ids are blinded or random, so that nobody outside chooses them to collide; those that only count on are spread all the same.

/** Where a key belongs: one hash for its bucket, and two that have nothing to do with it for what is looked at in the bucket's filter. */
export interface KeyHashes {
  readonly bucket: number;
  readonly first: number;
  readonly second: number;
}

const spread = (hash: number): number => {
  const half = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  const whole = Math.imul(half ^ (half >>> 13), 0xc2b2_ae35);
  return (whole ^ (whole >>> 16)) >>> 0;
};

export const hashesOf = (key: Uint32Array, at: number): KeyHashes => {
  let [one, other] = [0, 0];
  for (let word = at; word < at + KEY_WORDS; word++) {
    one = Math.imul((one ^ (key[word] as number)) + (one >>> 15), 0x9e37_79b1);
    other = Math.imul((other ^ (key[word] as number)) + (other >>> 17), 0x27d4_eb2f);
  }
  return { bucket: spread(one), first: spread(other), second: spread(other ^ Math.imul(one, 0x1656_67b1)) };
};

/** Segments of the lowest level have 2 to the power of so many buckets, those of each further level eight times as many. */
const LOWEST_BITS = 7;
const LEVEL_BITS = 3;
/** Segments of one level that become one of the next; buckets of it that come of one. */
export const FAN = 2 ** LEVEL_BITS;

/** Buckets of each segment that a merge drains at once: they fill a page or two, which need not be written again for each. */
export const STEP = 8;

const bitsOf = (level: number): number => LOWEST_BITS + LEVEL_BITS * level;
export const bucketsOf = (level: number): number => 2 ** bitsOf(level);
export const bucketOf = ({ bucket }: KeyHashes, level: number): number => bucket >>> (32 - bitsOf(level));

/** One bucket's entries, as they lie on disk. Throws `RangeError` where they are not what was written. */
export const bucketIn = (bytes: Uint8Array): Uint32Array => {
  checkSum(bytes);
  return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / WORD_BYTES);
};

/** Also of a filter. */
export const checkSum = (bytes: Uint8Array): void => {
  const whole = bytes.byteLength >= WORD_BYTES && bytes.byteLength % WORD_BYTES === 0;
  const sum = whole ? new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true) : undefined;
  if (sum !== crc32(bytes.subarray(WORD_BYTES))) throw new RangeError('The directory of the log is not what was written.');
};

const setSum = (bytes: Uint8Array): Uint8Array => {
  new DataView(bytes.buffer, bytes.byteOffset).setUint32(0, crc32(bytes.subarray(WORD_BYTES)), true);
  return bytes;
};

/** Where each entry of a bucket begins. */
export const entriesIn = function* (bucket: Uint32Array): Generator<number> {
  for (let at = 1; at < bucket.length; at += HEAD_WORDS + (bucket[at + COUNT] as number)) yield at;
};

/** Where the entries of a key begin, those that were written last first. */
export const entriesOfKey = (bucket: Uint32Array, key: Uint32Array, keyAt: number, ofId: boolean): number[] => {
  const found: number[] = [];
  for (let at = 1; at < bucket.length; at += HEAD_WORDS + (bucket[at + COUNT] as number)) {
    if (bucket[at] !== key[keyAt] || bucket[at + 1] !== key[keyAt + 1]) continue;
    if (bucket[at + 2] !== key[keyAt + 2] || bucket[at + 3] !== key[keyAt + 3]) continue;
    if ((bucket[at + BEFORE] === OF_ID) === ofId) found.push(at);
  }
  return found.reverse();
};

export const beforeIn = (bucket: Uint32Array, entry: number): number => bucket[entry + BEFORE] as number;
export const countIn = (bucket: Uint32Array, entry: number): number => bucket[entry + COUNT] as number;
export const positionIn = (bucket: Uint32Array, entry: number, number: number): Position => bucket[entry + HEAD_WORDS + number] as Position;

/** Gathers entries; its memory is used again for every bucket. */
export class BucketWriter {
  #words = new Uint32Array(1024);
  #end = 1;

  add(key: Uint32Array, keyAt: number, before: number, positions: readonly Position[]): void {
    this.#makeRoom(HEAD_WORDS + positions.length);
    for (let word = 0; word < KEY_WORDS; word++) this.#words[this.#end + word] = key[keyAt + word] as number;
    this.#words[this.#end + BEFORE] = before;
    this.#words[this.#end + COUNT] = positions.length;
    this.#words.set(positions, this.#end + HEAD_WORDS);
    this.#end += HEAD_WORDS + positions.length;
  }

  /** An entry as another bucket has it. */
  copy(bucket: Uint32Array, entry: number): void {
    const length = HEAD_WORDS + countIn(bucket, entry);
    this.#makeRoom(length);
    for (let word = 0; word < length; word++) this.#words[this.#end + word] = bucket[entry + word] as number;
    this.#end += length;
  }

  /** A view that is good until the next entry; the writer is empty then. */
  take(): Uint8Array {
    const bytes = new Uint8Array(this.#words.buffer, 0, this.#end * WORD_BYTES);
    this.#end = 1;
    return setSum(bytes);
  }

  #makeRoom(words: number): void {
    if (this.#end + words <= this.#words.length) return;
    const larger = new Uint32Array(2 * (this.#end + words));
    larger.set(this.#words.subarray(0, this.#end));
    this.#words = larger;
  }
}

// A filter has two halves of 1024 bits for the hundred keys that a bucket has mostly; of each key three are set in either.

const HALF_BYTES = 128;
const FILTER_BYTES = 2 * HALF_BYTES;
const BIT_MASK = 8 * HALF_BYTES - 1;
const BIT_WIDTH = 10;
const PROBES_OF_EACH = 3;

/** Of all buckets of one segment. */
export class KeyFilter {
  readonly #bytes: Uint8Array;

  constructor(level: number) {
    this.#bytes = new Uint8Array(FILTER_BYTES * bucketsOf(level));
  }

  add(bucket: number, { first, second }: KeyHashes): void {
    this.#set(bucket * FILTER_BYTES, first);
    this.#set(bucket * FILTER_BYTES + HALF_BYTES, second);
  }

  /** False: it is not in the bucket. */
  mayHold(bucket: number, { first, second }: KeyHashes): boolean {
    return this.#has(bucket * FILTER_BYTES, first) && this.#has(bucket * FILTER_BYTES + HALF_BYTES, second);
  }

  #set(from: number, hash: number): void {
    for (let probe = 0, bits = hash; probe < PROBES_OF_EACH; probe++, bits >>>= BIT_WIDTH) {
      const byte = from + ((bits & BIT_MASK) >>> 3);
      this.#bytes[byte] = (this.#bytes[byte] as number) | (1 << (bits & 7));
    }
  }

  #has(from: number, hash: number): boolean {
    for (let probe = 0, bits = hash; probe < PROBES_OF_EACH; probe++, bits >>>= BIT_WIDTH)
      if (((this.#bytes[from + ((bits & BIT_MASK) >>> 3)] as number) & (1 << (bits & 7))) === 0) return false;
    return true;
  }

  /** Of a step's buckets, from one on, as it lies on disk. */
  stepFrom(bucket: number): Uint8Array {
    const bytes = new Uint8Array(WORD_BYTES + STEP * FILTER_BYTES);
    bytes.set(this.#bytes.subarray(bucket * FILTER_BYTES, (bucket + STEP) * FILTER_BYTES), WORD_BYTES);
    return setSum(bytes);
  }

  /** Throws `RangeError` where the bytes are not what was written. */
  read(bucket: number, bytes: Uint8Array): void {
    checkSum(bytes);
    this.#bytes.set(bytes.subarray(WORD_BYTES), bucket * FILTER_BYTES);
  }
}
