// A block: a few records that one commit put on disk together, in one row. A row for each record would cost SQLite as much as hashing
// it does; large ones would make reading a single event dear, and fill pages badly (measured in ADR 0002).
// An entry is [form length u32][form][leaf 32].
import type { Position } from '#kernel';
import { HASH_BYTES, isLeafHash, writeLeafHash } from '#transparency';
import type { NewEvent } from '../event-store.ts';
import { ID_AT, likelyForm, longestForm, type RecordPlace, writeForm } from '../record-form.ts';
import type { AppendIds } from './append-check.ts';

/** A block ends before it would be larger, so that four fill a page; a larger event is a block of its own. */
const BLOCK_BYTES = 4072;
/** Of a commit's further blocks, two fill a page: they are fewer to write, and leave no more space unused. */
const FURTHER_BYTES = 2 * BLOCK_BYTES;
const SMALL_BLOCKS = 8;
const USUAL_BYTES = 64 * 1024;

const LENGTH_BYTES = 4;

export interface Block {
  /** Of its first entry. */
  readonly first: Position;
  readonly bytes: Buffer;
}

/** As the table of blocks has it. */
export const blockOf = ({ first, records }: Readonly<Record<string, unknown>>): Block => {
  const { buffer, byteOffset, byteLength } = records as Uint8Array<ArrayBuffer>;
  return { first: first as Position, bytes: Buffer.from(buffer, byteOffset, byteLength) };
};

export interface Entry {
  readonly position: Position;
  readonly form: Buffer;
  readonly leaf: Buffer;
}

/** Gathers entries; the buffer is used again for every block. */
export class BlockWriter {
  #buffer = Buffer.allocUnsafeSlow(USUAL_BYTES);
  #end = 0;
  #count = 0;
  /** Taken since the commit began. */
  #blocks = 0;

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  get count(): number {
    return this.#count;
  }

  /** Whether there is room for the event in the block, as far as can be told before it is written. */
  hasRoomFor(event: NewEvent, stream: string): boolean {
    const size = this.#blocks < SMALL_BLOCKS ? BLOCK_BYTES : FURTHER_BYTES;
    return this.#count === 0 || this.#end + LENGTH_BYTES + likelyForm(event, stream) + HASH_BYTES <= size;
  }

  /** Adds an event; its id is the `number`-th of `ids`. */
  add(event: NewEvent, place: RecordPlace, ids: AppendIds, number: number): void {
    this.#makeRoom(LENGTH_BYTES + longestForm(event, place.stream) + HASH_BYTES);
    const formAt = this.#end + LENGTH_BYTES;
    const formEnd = writeForm(this.#buffer, formAt, event, place);
    ids.write(number, this.#buffer, formAt + ID_AT);
    this.#buffer.writeUInt32BE(formEnd - formAt, this.#end);
    writeLeafHash(this.#buffer.subarray(formAt, formEnd), this.#buffer, formEnd);
    this.#end = formEnd + HASH_BYTES;
    this.#count += 1;
  }

  /** The block's bytes, a view that is good until the next `add`; the writer is empty then. */
  take(): Buffer {
    const bytes = this.#buffer.subarray(0, this.#end);
    this.#end = 0;
    this.#count = 0;
    this.#blocks += 1;
    return bytes;
  }

  /** Empty, at the beginning of a commit. */
  reset(): void {
    this.#end = 0;
    this.#count = 0;
    this.#blocks = 0;
  }

  #makeRoom(bytes: number): void {
    if (this.#end + bytes <= this.#buffer.byteLength) return;
    const larger = Buffer.allocUnsafeSlow(2 * (this.#end + bytes));
    this.#buffer.copy(larger, 0, 0, this.#end);
    this.#buffer = larger;
  }
}

/** The entries of a block; throws `RangeError` where its bytes are not a sequence of whole entries. */
export const entriesOf = function* ({ first, bytes }: Block): Generator<Entry> {
  let position = first;
  for (let at = 0; at < bytes.byteLength; position++) {
    const formAt = at + LENGTH_BYTES;
    const formEnd = formAt + bytes.readUInt32BE(at);
    at = formEnd + HASH_BYTES;
    if (at > bytes.byteLength) throw new RangeError('A record that ends after its block.');
    yield { position, form: bytes.subarray(formAt, formEnd), leaf: bytes.subarray(formEnd, at) };
  }
};

/** The same entry, its form found to be what was hashed; throws `RangeError` otherwise. */
export const intact = (entry: Entry): Entry => {
  if (!isLeafHash(entry.form, entry.leaf, 0)) throw new RangeError('A record that is not what was recorded.');
  return entry;
};
