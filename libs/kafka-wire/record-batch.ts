// Kafka's record batches (magic 2): each is opened by itself, so that one which cannot be read stays that one's own affair.
import { unpacked } from './codecs.ts';
import { Unreadable } from './unreadable.ts';

// CRC-32C, which Kafka guards its batches with; Node's zlib has the other CRC-32 alone. Eight bytes at a time, by a table for each place
// ("slicing by eight"): it goes over every byte that comes in and every byte that goes out.

const POLYNOMIAL = 0x82f6_3b78;
const STEP = 8;
const BYTES = 256;

/** Table after table: what a byte does to the checksum when so many bytes come after it. */
const TABLES = new Int32Array(STEP * BYTES);
for (let byte = 0; byte < BYTES; byte++) {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL;
  TABLES[byte] = crc;
}
for (let at = BYTES; at < TABLES.length; at++) {
  const before = TABLES[at - BYTES] as number;
  TABLES[at] = (TABLES[before & 0xff] as number) ^ (before >>> 8);
}

const after = (count: number, byte: number): number => TABLES[count * BYTES + (byte & 0xff)] as number;

export const crc32c = (bytes: Buffer): number => {
  const whole = bytes.length - (bytes.length % STEP);
  let crc = -1;
  for (let at = 0; at < whole; at += STEP) {
    const low = crc ^ bytes.readInt32LE(at);
    const high = bytes.readInt32LE(at + 4);
    crc =
      after(7, low) ^
      after(6, low >>> 8) ^
      after(5, low >>> 16) ^
      after(4, low >>> 24) ^
      after(3, high) ^
      after(2, high >>> 8) ^
      after(1, high >>> 16) ^
      after(0, high >>> 24);
  }
  for (let at = whole; at < bytes.length; at++) crc = after(0, crc ^ (bytes[at] as number)) ^ (crc >>> 8);
  return ~crc >>> 0;
};

export interface WireRecord {
  readonly offset: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
}

export interface RecordBatch {
  /** Offsets from this one to that one. */
  readonly first: number;
  readonly last: number;
  /** As it came. */
  readonly bytes: Buffer;
  /** What its checksum says of it. */
  readonly isWhole: boolean;
}

export interface AbortedTransaction {
  readonly producer: bigint;
  readonly first: number;
}

const MAGIC = 2;
/** Offset and length stand before what the length counts. */
const BEFORE_LENGTH = 12;
const HEADER = 61;
const AT = { length: 8, magic: 16, crc: 17, attributes: 21, lastDelta: 23, producer: 43, count: 57 } as const;
const CODEC = 0x07;
const TRANSACTIONAL = 0x10;
const CONTROL = 0x20;
/** Of a control record's key: version, then what it marks. */
const ABORT = 0;

/** All that came whole; the last one of an answer may be cut. */
export function* batchesIn(bytes: Buffer): Generator<RecordBatch> {
  for (let at = 0; at + BEFORE_LENGTH <= bytes.length;) {
    const end = at + BEFORE_LENGTH + bytes.readInt32BE(at + AT.length);
    const lost = end <= at + BEFORE_LENGTH; // nothing behind it can be found
    if (lost) yield batchOf(bytes.subarray(at));
    if (lost || end > bytes.length) return;
    yield batchOf(bytes.subarray(at, end));
    at = end;
  }
}

const batchOf = (bytes: Buffer): RecordBatch => {
  const first = Number(bytes.readBigInt64BE(0));
  const whole = isWhole(bytes);
  const delta = whole ? Math.max(0, bytes.readInt32BE(AT.lastDelta)) : 0;
  return { first, last: first + delta, bytes, isWhole: whole };
};

const isWhole = (bytes: Buffer): boolean =>
  bytes.length >= HEADER && bytes.readInt8(AT.magic) === MAGIC && bytes.readUInt32BE(AT.crc) === crc32c(bytes.subarray(AT.attributes));

/** Rejects with `Unreadable`. */
export const recordsOf = async ({ first, bytes, isWhole: whole }: RecordBatch): Promise<readonly WireRecord[]> => {
  if (!whole) throw new Unreadable('corrupt');
  const plain = await unpacked(attributesOf(bytes) & CODEC, bytes.subarray(HEADER));
  const reader = new RecordReader(plain, first);
  return Array.from({ length: countOf(bytes, plain) }, () => reader.next());
};

/** A record takes a byte at least: a count beyond that is not begun. */
const countOf = (bytes: Buffer, plain: Buffer): number => {
  const count = bytes.readInt32BE(AT.count);
  if (count < 0 || count > plain.length) throw new Unreadable('corrupt');
  return count;
};

const attributesOf = (bytes: Buffer): number => bytes.readInt16BE(AT.attributes);

/** Leaves out what was taken back, and the marks of transactions (as Kafka's own consumer does, read committed). */
export class CommittedOnly {
  readonly #aborted: AbortedTransaction[];
  readonly #open = new Set<bigint>();

  constructor(aborted: readonly AbortedTransaction[]) {
    this.#aborted = [...aborted].sort((one, other) => one.first - other.first);
  }

  /** To be asked about all batches in their order. */
  takes({ last, bytes, isWhole: whole }: RecordBatch): boolean {
    if (!whole) return true; // to be found out by whoever opens it
    while ((this.#aborted[0]?.first ?? Infinity) <= last) this.#open.add((this.#aborted.shift() as AbortedTransaction).producer);
    const attributes = attributesOf(bytes);
    const producer = bytes.readBigInt64BE(AT.producer);
    if ((attributes & CONTROL) === 0) return (attributes & TRANSACTIONAL) === 0 || !this.#open.has(producer);
    if (markOf(bytes) === ABORT) this.#open.delete(producer);
    return false;
  }
}

const markOf = (bytes: Buffer): number | undefined => {
  const { key } = new RecordReader(bytes.subarray(HEADER), 0).next();
  return key === null || key.length < 4 ? undefined : key.readInt16BE(2);
};

class RecordReader {
  readonly #bytes: Buffer;
  readonly #first: number;
  #at = 0;

  constructor(bytes: Buffer, first: number) {
    this.#bytes = bytes;
    this.#first = first;
  }

  next(): WireRecord {
    const length = this.#varint();
    const end = this.#at + length;
    if (length < 0 || end > this.#bytes.length) throw new Unreadable('corrupt');
    this.#at += 1; // attributes: none are in use
    this.#varint(); // when it was made
    const offset = this.#first + this.#varint();
    const record = { offset, key: this.#field(end), value: this.#field(end) };
    this.#at = end; // past the headers
    return record;
  }

  #field(end: number): Buffer | null {
    const length = this.#varint();
    if (length < 0) return null;
    const from = this.#at;
    this.#at += length;
    if (this.#at > end) throw new Unreadable('corrupt');
    return this.#bytes.subarray(from, this.#at);
  }

  /** Zigzag; up to 64 bits, of which more than 53 are never needed. */
  #varint(): number {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) break;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    }
    throw new Unreadable('corrupt');
  }
}
