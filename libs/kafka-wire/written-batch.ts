// Kafka's record batches (magic 2) as a producer of transactions writes them, uncompressed.
import { crc32c } from './record-batch.ts';

export interface RecordToWrite {
  readonly key: Buffer | null;
  readonly value: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** One life of a transactional id: whoever has a lower epoch is turned away. */
export interface ProducerEpoch {
  readonly id: bigint;
  readonly epoch: number;
}

const HEADER = 61;
/** Offset and length stand before what the length counts. */
const BEFORE_LENGTH = 12;
/** The checksum covers what comes from here on. */
const ATTRIBUTES = 21;
const MAGIC = 2;
const TRANSACTIONAL = 0x10;

/** `sequence`: of its first record among those of this epoch on the partition. `at`: milliseconds since 1970. */
export const writtenBatch = (records: readonly RecordToWrite[], producer: ProducerEpoch, sequence: number, at: number): Buffer => {
  const body = Buffer.concat(records.flatMap(recordParts));
  const header = Buffer.alloc(HEADER);
  header.writeInt32BE(HEADER - BEFORE_LENGTH + body.length, 8);
  header.writeInt8(MAGIC, 16);
  header.writeInt16BE(TRANSACTIONAL, ATTRIBUTES);
  header.writeInt32BE(records.length - 1, 23);
  header.writeBigInt64BE(BigInt(at), 27);
  header.writeBigInt64BE(BigInt(at), 35);
  header.writeBigInt64BE(producer.id, 43);
  header.writeInt16BE(producer.epoch, 51);
  header.writeInt32BE(sequence, 53);
  header.writeInt32BE(records.length, 57);
  const whole = Buffer.concat([header, body]);
  whole.writeUInt32BE(crc32c(whole.subarray(ATTRIBUTES)), 17);
  return whole;
};

const NO_ATTRIBUTES = Buffer.alloc(1);

const recordParts = ({ key, value, headers }: RecordToWrite, offsetDelta: number): readonly Buffer[] => {
  const named = Object.entries(headers);
  const parts = [
    NO_ATTRIBUTES,
    varint(0), // all are made at the batch's time
    varint(offsetDelta),
    ...fieldParts(key),
    ...fieldParts(value),
    varint(named.length),
    ...named.flatMap(([name, text]) => [...fieldParts(Buffer.from(name)), ...fieldParts(Buffer.from(text))]),
  ];
  return [varint(parts.reduce((sum, { length }) => sum + length, 0)), ...parts];
};

const fieldParts = (bytes: Buffer | null): readonly Buffer[] => (bytes === null ? [varint(-1)] : [varint(bytes.length), bytes]);

/** Zigzag; of 32 bits. */
const varint = (value: number): Buffer => {
  const bytes: number[] = [];
  let left = ((value << 1) ^ (value >> 31)) >>> 0;
  for (; left > 0x7f; left >>>= 7) bytes.push((left & 0x7f) | 0x80);
  return Buffer.from([...bytes, left]);
};
