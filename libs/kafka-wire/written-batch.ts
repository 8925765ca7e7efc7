// Kafka's record batches (magic 2) as producers write them, uncompressed, into one buffer.
import { crc32c } from './record-batch.ts';

export interface RecordToWrite {
  readonly key: Buffer | null;
  /** Null is a tombstone. */
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, string>>;
}

/** One life of a transactional id: whoever has a lower epoch is turned away. */
export interface ProducerEpoch {
  readonly id: bigint;
  readonly epoch: number;
}

/** Of which transaction a batch is part. `sequence`: of its first record among those of this epoch on the partition. */
export interface OfTransaction extends ProducerEpoch {
  readonly sequence: number;
}

const HEADER = 61;
/** Offset and length stand before what the length counts. */
const BEFORE_LENGTH = 12;
/** The checksum covers what comes from here on. */
const ATTRIBUTES = 21;
const MAGIC = 2;
const TRANSACTIONAL = 0x10;
const NO_TRANSACTION: OfTransaction = { id: -1n, epoch: -1, sequence: -1 };

/** `at`: milliseconds since 1970. */
export const writtenBatch = (records: readonly RecordToWrite[], at: number, of?: OfTransaction): Buffer => {
  const bodies = records.map(bodyBytes);
  const length = bodies.reduce((sum, body) => sum + varintBytes(body) + body, HEADER);
  const writer = new BatchWriter(length);
  for (const [place, record] of records.entries()) writer.record(record, place, bodies[place] ?? 0);
  const { bytes } = writer;
  const { id, epoch, sequence } = of ?? NO_TRANSACTION;
  bytes.writeInt32BE(length - BEFORE_LENGTH, 8);
  bytes.writeInt8(MAGIC, 16);
  bytes.writeInt16BE(of ? TRANSACTIONAL : 0, ATTRIBUTES);
  bytes.writeInt32BE(records.length - 1, 23);
  bytes.writeBigInt64BE(BigInt(at), 27);
  bytes.writeBigInt64BE(BigInt(at), 35);
  bytes.writeBigInt64BE(id, 43);
  bytes.writeInt16BE(epoch, 51);
  bytes.writeInt32BE(sequence, 53);
  bytes.writeInt32BE(records.length, 57);
  bytes.writeUInt32BE(crc32c(bytes.subarray(ATTRIBUTES)), 17);
  return bytes;
};

// How long each part will be, so that all of them are written where they belong at once.

/** Attributes, and when it was made: with the batch. */
const NO_ATTRIBUTES = 2;

const bodyBytes = ({ key, value, headers }: RecordToWrite, place: number): number => {
  let bytes = NO_ATTRIBUTES + varintBytes(place) + fieldBytes(key) + fieldBytes(value);
  let count = 0;
  for (const name in headers) {
    count += 1;
    bytes += textBytes(name) + textBytes(headers[name] ?? '');
  }
  return bytes + varintBytes(count);
};

const fieldBytes = (field: Buffer | null): number => (field === null ? varintBytes(-1) : varintBytes(field.length) + field.length);

const textBytes = (text: string): number => {
  const bytes = Buffer.byteLength(text);
  return varintBytes(bytes) + bytes;
};

/** Zigzag; of 32 bits. */
const zigzag = (value: number): number => ((value << 1) ^ (value >> 31)) >>> 0;

const varintBytes = (value: number): number => {
  let bytes = 1;
  for (let left = zigzag(value); left > 0x7f; left >>>= 7) bytes += 1;
  return bytes;
};

class BatchWriter {
  readonly bytes: Buffer;
  #at = HEADER;

  constructor(length: number) {
    this.bytes = Buffer.allocUnsafe(length).fill(0, 0, HEADER);
  }

  record({ key, value, headers }: RecordToWrite, place: number, body: number): void {
    this.#varint(body);
    this.bytes.fill(0, this.#at, (this.#at += NO_ATTRIBUTES));
    this.#varint(place);
    this.#field(key);
    this.#field(value);
    const named = Object.entries(headers);
    this.#varint(named.length);
    for (const [name, text] of named) {
      this.#text(name);
      this.#text(text);
    }
  }

  #field(field: Buffer | null): void {
    this.#varint(field === null ? -1 : field.length);
    if (field !== null) this.#at += field.copy(this.bytes, this.#at);
  }

  #text(text: string): void {
    this.#varint(Buffer.byteLength(text));
    this.#at += this.bytes.write(text, this.#at);
  }

  #varint(value: number): void {
    let left = zigzag(value);
    for (; left > 0x7f; left >>>= 7) this.bytes[this.#at++] = (left & 0x7f) | 0x80;
    this.bytes[this.#at++] = left;
  }
}
