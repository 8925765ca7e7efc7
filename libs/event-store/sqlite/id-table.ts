// Which event ids are stored, and where: 16 bytes an id and a hash table of positions. A unique index on disk would write a random
// page for every event; this costs some 30 bytes of memory each instead (measured in ADR 0002).
import type { Position } from '#kernel';

// A growing list of fixed-width rows of 32-bit words, in chunks: it never copies what it holds, and the garbage collector sees no objects.

const CHUNK_BITS = 14;
const ROWS = 2 ** CHUNK_BITS;
const WITHIN = ROWS - 1;

export class WordList {
  readonly #width: number;
  readonly #chunks: Uint32Array[] = [];

  constructor(width = 1) {
    this.#width = width;
  }

  /** First word of a row. */
  get(row: number): number {
    return this.#chunks[row >>> CHUNK_BITS]?.[(row & WITHIN) * this.#width] ?? 0;
  }

  /** Where a row stands. */
  locate(row: number): { readonly words: Uint32Array; readonly at: number } {
    return { words: this.#chunkOf(row), at: (row & WITHIN) * this.#width };
  }

  set(row: number, value: number): void {
    this.#chunkOf(row)[(row & WITHIN) * this.#width] = value;
  }

  /** Whether a row equals the words at an offset. */
  equals(row: number, words: Uint32Array, offset: number): boolean {
    const chunk = this.#chunkOf(row);
    const at = (row & WITHIN) * this.#width;
    for (let word = 0; word < this.#width; word++) if (chunk[at + word] !== words[offset + word]) return false;
    return true;
  }

  /** Sets a row to the words at an offset. */
  put(row: number, words: Uint32Array, offset: number): void {
    const chunk = this.#chunkOf(row);
    const at = (row & WITHIN) * this.#width;
    for (let word = 0; word < this.#width; word++) chunk[at + word] = words[offset + word] ?? 0;
  }

  /** A copy of the rows from one to another, the latter included. */
  slice(from: number, to: number): Uint32Array<ArrayBuffer> {
    const words = new Uint32Array((to - from + 1) * this.#width);
    for (let row = from; row <= to;) {
      const rows = Math.min(ROWS - (row & WITHIN), to - row + 1);
      const at = (row & WITHIN) * this.#width;
      words.set(this.#chunkOf(row).subarray(at, at + rows * this.#width), (row - from) * this.#width);
      row += rows;
    }
    return words;
  }

  #chunkOf(row: number): Uint32Array {
    return (this.#chunks[row >>> CHUNK_BITS] ??= new Uint32Array(ROWS * this.#width));
  }
}

/** An event id is four words of its bytes, at an offset of an array. */
export const ID_WORDS = 4;

const SHARDS = 256;
const SMALLEST = 64;
const FULLEST = 0.6;
const EMPTY = 0;
const REMOVED = 0xffff_ffff;

interface Shard {
  slots: Uint32Array;
  /** Slots that are not empty, removed ones included. */
  used: number;
}

// Sharded, so that no append waits while a table of millions doubles.
export class IdTable {
  readonly #ids = new WordList(ID_WORDS);
  readonly #shards: Shard[] = Array.from({ length: SHARDS }, () => ({ slots: new Uint32Array(SMALLEST), used: 0 }));

  /** 0 where the id is not stored. */
  find(id: Uint32Array, at: number): Position {
    const hash = hashOf(id, at);
    const { slots } = this.#shardOf(hash);
    for (let slot = hash & (slots.length - 1); ; slot = (slot + 1) & (slots.length - 1)) {
      const position = slots[slot] as number;
      if (position === EMPTY) return position;
      if (position !== REMOVED && this.#ids.equals(position, id, at)) return position;
    }
  }

  /** Stores the id at a position, unless it is stored: gives where that is, or 0. */
  claim(id: Uint32Array, at: number, position: Position): Position {
    const hash = hashOf(id, at);
    const shard = this.#shardOf(hash);
    if (shard.used >= shard.slots.length * FULLEST) this.#rebuild(shard);
    const { slots } = shard;
    let slot = hash & (slots.length - 1);
    for (; slots[slot] !== EMPTY; slot = (slot + 1) & (slots.length - 1)) {
      const stored = slots[slot] as number;
      if (stored !== REMOVED && this.#ids.equals(stored, id, at)) return stored;
    }
    slots[slot] = position;
    shard.used += 1;
    this.#ids.put(position, id, at);
    return EMPTY;
  }

  remove(position: Position): void {
    const hash = this.#hashAt(position);
    const { slots } = this.#shardOf(hash);
    let slot = hash & (slots.length - 1);
    while (slots[slot] !== position) slot = (slot + 1) & (slots.length - 1);
    slots[slot] = REMOVED;
  }

  /** The ids from one position to another, the latter included. */
  slice(from: Position, to: Position): Uint32Array<ArrayBuffer> {
    return this.#ids.slice(from, to);
  }

  #hashAt(position: Position): number {
    const { words, at } = this.#ids.locate(position);
    return hashOf(words, at);
  }

  #shardOf(hash: number): Shard {
    return this.#shards[hash >>> 24] as Shard;
  }

  #rebuild(shard: Shard): void {
    const old = shard.slots;
    shard.used = 0;
    for (const position of old) if (position !== EMPTY && position !== REMOVED) shard.used += 1;
    shard.slots = new Uint32Array(2 ** Math.ceil(Math.log2(Math.max(SMALLEST, 3 * shard.used))));
    for (const position of old) if (position !== EMPTY && position !== REMOVED) place(shard.slots, this.#hashAt(position), position);
  }
}

// Ids are blinded or random, so that nobody outside chooses them to collide; those that only count on are spread all the same.
const hashOf = (id: Uint32Array, at: number): number => {
  let hash = 0;
  for (let word = at; word < at + ID_WORDS; word++) hash = Math.imul((hash ^ (id[word] as number)) + (hash >>> 15), 0x9e37_79b1);
  return (hash ^ (hash >>> 16)) >>> 0;
};

const place = (slots: Uint32Array, hash: number, position: Position): void => {
  let slot = hash & (slots.length - 1);
  while (slots[slot] !== EMPTY) slot = (slot + 1) & (slots.length - 1);
  slots[slot] = position;
};
