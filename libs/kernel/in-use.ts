// What is held for whoever asks again: among very many of whom each is asked for once in a while, room for a few thousand objects is better
// used by those who are asked for again and again. What is asked for once goes soon (ADR 73).

/** Asked for again within so many others, at least, it is kept as long as there is room. */
const AGAIN_WITHIN = 1000;
/** What was asked for just now stays for so many others, at least: a page of a list looks at a hundred together. */
const PASSING = 100;

/** For what is kept, and at most twice as much for what was asked for just now, which mostly takes little. */
export type Room<Value> = { readonly most: number } | { readonly bytes: number; readonly sizeOf: (value: Value) => number };

/** The last that came, and those before them: nothing is moved about, or taken out one by one. */
class Lately<Key, Value> {
  #now = new Map<Key, Value>();
  #before = new Map<Key, Value>();

  get size(): number {
    return this.#now.size;
  }

  get(key: Key): Value | undefined {
    return this.#now.get(key) ?? this.#before.get(key);
  }

  set(key: Key, value: Value): void {
    this.#before.delete(key);
    this.#now.set(key, value);
  }

  delete(key: Key): void {
    this.#now.delete(key);
    this.#before.delete(key);
  }

  /** Gives those that go. */
  turn(): ReadonlyMap<Key, Value> {
    const gone = this.#before;
    this.#before = this.#now;
    this.#now = new Map();
    return gone;
  }
}

interface Kept<Value> {
  readonly value: Value;
  /** As it was when it was set: what is held may grow. */
  readonly size: number;
  /** How many had been set or moved to the end when it came there. */
  at: number;
}

/** What is among the last fourth is not moved: most that is asked for is asked for again at once, and would be moved each time. */
const LAST = 4;

export class InUse<Key extends string | object, Value extends object> {
  readonly #most: number;
  readonly #mostPassing: number;
  readonly #mostMet: number;
  readonly #sizeOf: (value: Value) => number;
  readonly #left: (value: Value, key: Key) => void;
  /** Whoever was asked for last comes last, or nearly so. */
  readonly #kept = new Map<Key, Kept<Value>>();
  #moves = 0;
  #keptSize = 0;
  #passing = new Lately<Key, Value>();
  #passingSize = 0;
  /** Who was asked for lately. */
  #met = new Lately<Key, true>();

  /** `left` is told of what is held no longer for want of room. */
  constructor(room: Room<Value>, left: (value: Value, key: Key) => void = () => undefined) {
    const counted = 'most' in room;
    this.#most = counted ? room.most : room.bytes;
    this.#mostPassing = counted ? Infinity : room.bytes;
    this.#mostMet = counted ? Math.min(AGAIN_WITHIN, Math.ceil(room.most / 2)) : AGAIN_WITHIN;
    this.#sizeOf = counted ? () => 1 : room.sizeOf;
    this.#left = left;
  }

  has(key: Key): boolean {
    return this.#kept.has(key) || this.#passing.get(key) !== undefined;
  }

  get(key: Key): Value | undefined {
    const kept = this.#kept.get(key);
    if (kept === undefined) return this.#passing.get(key);
    if (this.#moves - kept.at > this.#kept.size / LAST) {
      kept.at = ++this.#moves;
      this.#kept.delete(key);
      this.#kept.set(key, kept);
    }
    return kept.value;
  }

  set(key: Key, value: Value): void {
    const isPassing = this.#passing.get(key) !== undefined;
    if (this.#kept.has(key) || (this.#met.get(key) && !isPassing)) this.#keep(key, value);
    else this.#pass(key, value);
    if (this.#met.size >= this.#mostMet) this.#met.turn();
    this.#met.set(key, true);
  }

  #keep(key: Key, value: Value): void {
    this.#forget(key);
    const size = this.#sizeOf(value);
    this.#kept.set(key, { value, size, at: ++this.#moves });
    this.#keptSize += size;
    for (const [oldest, kept] of this.#kept) {
      if (this.#keptSize <= this.#most) return;
      this.#forget(oldest);
      this.#left(kept.value, oldest);
    }
  }

  #forget(key: Key): void {
    this.#keptSize -= this.#kept.get(key)?.size ?? 0;
    this.#kept.delete(key);
  }

  #pass(key: Key, value: Value): void {
    const size = this.#sizeOf(value);
    if (size > this.#mostPassing) return this.delete(key); // there is room for nothing else then
    this.#passing.set(key, value);
    this.#passingSize += size;
    if (this.#passing.size < PASSING && this.#passingSize <= this.#mostPassing) return;
    this.#passingSize = 0;
    for (const [gone, last] of this.#passing.turn()) this.#left(last, gone);
  }

  delete(key: Key): void {
    this.#forget(key);
    this.#passing.delete(key);
  }

  clear(): void {
    this.#kept.clear();
    this.#keptSize = 0;
    this.#passing = new Lately();
    this.#passingSize = 0;
    this.#met = new Lately();
  }
}
