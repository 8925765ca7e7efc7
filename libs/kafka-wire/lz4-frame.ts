// LZ4 frames, unpacked within a bound (https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md). ADR 0021 says why by code of our own.
import { Unreadable } from './unreadable.ts';

const MAGIC = 0x184d2204;
const VERSION = 1;
const STORED = 0x8000_0000;
/** Magic number, flags, block size. */
const PREAMBLE = 6;
const CONTENT_SIZE = 8;
const DICTIONARY = 4;
const CHECKSUM = 4;
const SHORTEST_MATCH = 4;
const MORE = 15;

/** What is unpacked so far: blocks may refer to those before them. */
class Output {
  #buffer: Buffer;
  #length = 0;
  readonly #most: number;

  constructor(guess: number, most: number) {
    this.#most = most;
    this.#buffer = Buffer.allocUnsafe(Math.min(guess, most));
  }

  get bytes(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }

  append(bytes: Buffer): void {
    this.#grow(bytes.length);
    bytes.copy(this.#buffer, this.#length);
    this.#length += bytes.length;
  }

  /** What stands `distance` back, again; it may overlap what it makes. */
  repeat(distance: number, length: number): void {
    if (distance === 0 || distance > this.#length) throw new Unreadable('corrupt');
    this.#grow(length);
    for (let left = length; left > 0;) {
      const piece = Math.min(distance, left);
      const from = this.#length - distance;
      this.#buffer.copyWithin(this.#length, from, from + piece);
      this.#length += piece;
      left -= piece;
    }
  }

  #grow(more: number): void {
    const needed = this.#length + more;
    if (needed > this.#most) throw new Unreadable('too-large-unpacked');
    if (needed <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.min(this.#most, Math.max(needed, 2 * this.#buffer.length)));
    this.bytes.copy(larger);
    this.#buffer = larger;
  }
}

/** Throws `Unreadable`. */
export const lz4Unpacked = (frame: Buffer, most: number): Buffer => {
  const output = new Output(frame.length * 4, most);
  for (const { bytes, stored } of blocksOf(frame)) {
    if (stored) output.append(bytes);
    else unpackBlock(bytes, output);
  }
  return output.bytes;
};

interface Block {
  readonly bytes: Buffer;
  readonly stored: boolean;
}

interface Layout {
  /** Where the first block begins. */
  readonly begins: number;
  /** Bytes behind each block. */
  readonly checksum: number;
}

/** What this batch holds has a checksum of Kafka's own: those of the frame are passed over. */
const layoutOf = (frame: Buffer): Layout => {
  if (frame.length < PREAMBLE + 1 || frame.readUInt32LE(0) !== MAGIC) throw new Unreadable('corrupt');
  const flags = frame.readUInt8(4);
  if (flags >> 6 !== VERSION) throw new Unreadable('corrupt');
  const bytesIf = (bit: number, bytes: number): number => ((flags & bit) === 0 ? 0 : bytes);
  return { begins: PREAMBLE + bytesIf(0x08, CONTENT_SIZE) + bytesIf(0x01, DICTIONARY) + 1, checksum: bytesIf(0x10, CHECKSUM) };
};

function* blocksOf(frame: Buffer): Generator<Block> {
  const { begins, checksum } = layoutOf(frame);
  for (let at = begins; ;) {
    const word = at + 4 <= frame.length ? frame.readUInt32LE(at) : undefined;
    if (word === 0) return;
    const size = (word ?? 0) & ~STORED;
    const bytes = frame.subarray(at + 4, at + 4 + size);
    if (word === undefined || bytes.length < size) throw new Unreadable('corrupt');
    yield { bytes, stored: (word & STORED) !== 0 };
    at += 4 + size + checksum;
  }
}

/** Literals and repetitions by turns; the last sequence is of literals alone. */
const unpackBlock = (block: Buffer, output: Output): void => {
  const reader = new BlockReader(block);
  while (!reader.ended) {
    const token = reader.byte();
    output.append(reader.take(reader.length(token >> 4)));
    if (reader.ended) return;
    const distance = reader.byte() | (reader.byte() << 8);
    output.repeat(distance, reader.length(token & MORE) + SHORTEST_MATCH);
  }
};

class BlockReader {
  readonly #block: Buffer;
  #at = 0;

  constructor(block: Buffer) {
    this.#block = block;
  }

  get ended(): boolean {
    return this.#at >= this.#block.length;
  }

  byte(): number {
    const byte = this.#block[this.#at++];
    if (byte === undefined) throw new Unreadable('corrupt');
    return byte;
  }

  take(length: number): Buffer {
    const bytes = this.#block.subarray(this.#at, this.#at + length);
    if (bytes.length < length) throw new Unreadable('corrupt');
    this.#at += length;
    return bytes;
  }

  /** Four bits, and more bytes where these are all set. */
  length(nibble: number): number {
    if (nibble < MORE) return nibble;
    let length = nibble;
    for (let byte = 255; byte === 255;) length += byte = this.byte();
    return length;
  }
}
