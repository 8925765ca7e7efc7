// Which event ids are stored, and where: 16 bytes an id and a hash table of positions. A unique index on disk would write a random
// page for every event; this costs some 25 bytes of memory each instead (measured in ADR 0002).
import type { Position } from '#kernel';
import { WordList } from './word-list.ts';

/** An event id as four words of its bytes. */
export type IdWords = Uint32Array;
export const ID_WORDS = 4;

const SHARDS = 256;
const SMALLEST = 64;
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
  find(id: IdWords): Position {
    const hash = hashOf(id[0], id[3]);
    const { slots } = this.#shardOf(hash);
    for (let slot = hash & (slots.length - 1); ; slot = (slot + 1) & (slots.length - 1)) {
      const position = slots[slot] ?? EMPTY;
      if (position === EMPTY || this.#isAt(position, id)) return position;
    }
  }

  /** The id must not be stored yet. */
  add(id: IdWords, position: Position): void {
    for (let word = 0; word < ID_WORDS; word++) this.#ids.set(position, word, id[word] ?? 0);
    const hash = hashOf(id[0], id[3]);
    const shard = this.#shardOf(hash);
    if (shard.used >= shard.slots.length * 0.6) this.#rebuild(shard);
    place(shard.slots, hash, position);
    shard.used += 1;
  }

  remove(position: Position): void {
    const hash = this.#hashAt(position);
    const { slots } = this.#shardOf(hash);
    let slot = hash & (slots.length - 1);
    while (slots[slot] !== position) slot = (slot + 1) & (slots.length - 1);
    slots[slot] = REMOVED;
  }

  /** One word of the id stored at a position. */
  wordAt(position: Position, word: number): number {
    return this.#ids.get(position, word);
  }

  #hashAt(position: Position): number {
    return hashOf(this.#ids.get(position, 0), this.#ids.get(position, 3));
  }

  #shardOf(hash: number): Shard {
    return this.#shards[hash >>> 24] as Shard;
  }

  #isAt(position: Position, id: IdWords): boolean {
    if (position === REMOVED) return false;
    for (let word = ID_WORDS - 1; word >= 0; word--) if (this.#ids.get(position, word) !== id[word]) return false;
    return true;
  }

  #rebuild(shard: Shard): void {
    const live = shard.slots.filter((position) => position !== EMPTY && position !== REMOVED);
    shard.slots = new Uint32Array(Math.max(SMALLEST, 2 ** Math.ceil(Math.log2(live.length * 3))));
    shard.used = live.length;
    for (const position of live) place(shard.slots, this.#hashAt(position), position);
  }
}

// Ids are blinded or random, so that nobody outside chooses them; the multiplication spreads counters, as tests use them.
const hashOf = (first = 0, last = 0): number => Math.imul(first ^ last, 0x9e37_79b1) >>> 0;

const place = (slots: Uint32Array, hash: number, position: Position): void => {
  let slot = hash & (slots.length - 1);
  while (slots[slot] !== EMPTY) slot = (slot + 1) & (slots.length - 1);
  slots[slot] = position;
};
