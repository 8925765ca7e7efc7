// Texts of which few are asked for just now: side by side in few large buffers outside of the heap, long ones deflated, each behind its
// name. A table of numbers finds them. So the collector neither goes through any of it nor leaves room for it (ADR 64, 73).
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { NONE, PlaceTable } from './place-table.ts';

export interface PackedTextsOptions {
  /** What most texts have in common, and nothing that anybody said: a window's worth at most, which is `DICTIONARY_BYTES`. */
  readonly dictionary?: () => Buffer;
  /** Of memory that buffers may take; one at least is there. Absent: as many as there are texts for. */
  readonly bytes?: number;
  /** Of texts that are kept. Absent: as many as there is room for. */
  readonly most?: number;
}

const WINDOW_BITS = 13;
/** What comes out is gathered in pieces of this size: larger ones would each be an allocation of its own. */
const PIECE_BYTES = 2048;
const BOTH_WAYS = { windowBits: WINDOW_BITS, chunkSize: PIECE_BYTES };
const DEFLATING = { ...BOTH_WAYS, level: 1, memLevel: 5 };
/** A shorter text would hardly become shorter. */
const DEFLATED_FROM = 160;

/** More than the window holds would be of no use. */
export const DICTIONARY_BYTES = 2 ** WINDOW_BITS - 512;

// Before each text: the length of both, the length of its name, whether it is deflated or was given back, and the name.

const BUFFER_BYTES = 2 ** 20;
const MOST_BUFFERS = 4095;
const NAME_LENGTH_AT = 4;
const MARKS_AT = 5;
const NAME_AT = 6;
const LONGEST_NAME = 255;
const DEFLATED = 1;
const GIVEN_BACK = 2;

interface Filled {
  readonly bytes: Buffer;
  used: number;
  /** Another number each time that other texts may lie in it from then on. */
  since: number;
}

/** What was taken out, and may be given back as long as nothing else was put where it lay. */
export interface TakenText {
  readonly text: string;
  readonly place: unknown;
}

type Lain = Pick<Filled, 'since'> & { readonly place: number };

const bufferOf = (place: number): number => Math.floor((place - 1) / BUFFER_BYTES);
const atIn = (place: number): number => (place - 1) % BUFFER_BYTES;

/** By name: short, and plain ASCII. Where there is no room the oldest go. */
export class PackedTexts {
  readonly #dictionary: () => { readonly dictionary?: Buffer };
  readonly #mostBuffers: number;
  readonly #most: number;
  /** A place is a buffer's number here and where in it, from 1 on. */
  #buffers: Filled[] = [];
  /** Numbers of buffers, the oldest first; the last is being filled. */
  #order: number[] = [];
  #table = this.#newTable();
  /** Bytes of the texts that are kept; the rest of what buffers hold is of texts that are not. */
  #kept = 0;
  /** How far buffers were gone through for texts that are to go: in which of the order, and in that. */
  #hand = 0;
  #passed = 0;
  #since = 0;

  constructor({ dictionary, bytes = Infinity, most = Infinity }: PackedTextsOptions) {
    this.#dictionary = dictionary ? () => ({ dictionary: dictionary() }) : () => ({});
    this.#mostBuffers = Math.max(1, Math.min(MOST_BUFFERS, Math.floor(bytes / BUFFER_BYTES)));
    this.#most = most;
  }

  /** Of memory that buffers take, full or not. */
  get bytes(): number {
    return this.#buffers.length * BUFFER_BYTES;
  }

  has(name: string): boolean {
    return this.#find(name) !== NONE;
  }

  get(name: string): string | undefined {
    const place = this.#find(name);
    return place === NONE ? undefined : this.#textAt(place);
  }

  /** Takes it out. */
  take(name: string): TakenText | undefined {
    const place = this.#find(name);
    if (place === NONE) return undefined;
    this.#remove(name, place);
    return { text: this.#textAt(place), place: { place, since: this.#bufferWith(place).since } satisfies Lain };
  }

  /** As one of the newest. False where it is to be put anew. */
  giveBack({ place: taken }: Pick<TakenText, 'place'>): boolean {
    const { place, since } = taken as Lain;
    const filled = this.#buffers[bufferOf(place)];
    if (filled?.since !== since) return false;
    const marksAt = atIn(place) + MARKS_AT;
    filled.bytes[marksAt] = (filled.bytes[marksAt] as number) | GIVEN_BACK;
    this.delete(this.#nameAt(place));
    this.#keep(this.#nameAt(place), place);
    return true;
  }

  /** Of what is longer than a buffer, or has too long a name, nothing is kept. */
  put(name: string, text: string): void {
    const isLong = text.length >= DEFLATED_FROM;
    const packed = isLong ? deflateRawSync(text, { ...DEFLATING, ...this.#dictionary() }) : Buffer.from(text);
    this.delete(name);
    const size = NAME_AT + name.length + packed.byteLength;
    if (size > BUFFER_BYTES || name.length > LONGEST_NAME) return;
    const number = this.#withRoomFor(size);
    const filled = this.#buffers[number] as Filled;
    const { bytes, used: at } = filled;
    bytes.writeUInt32LE(size, at);
    bytes[at + NAME_LENGTH_AT] = name.length;
    bytes[at + MARKS_AT] = isLong ? DEFLATED : 0;
    bytes.write(name, at + NAME_AT, 'latin1');
    packed.copy(bytes, at + NAME_AT + name.length);
    filled.used += size;
    this.#keep(name, number * BUFFER_BYTES + at + 1);
  }

  delete(name: string): void {
    const place = this.#find(name);
    if (place !== NONE) this.#remove(name, place);
  }

  clear(): void {
    this.#table = this.#newTable();
    this.#buffers = [];
    this.#order = [];
    [this.#kept, this.#hand, this.#passed] = [0, 0, 0];
  }

  #newTable(): PlaceTable {
    return new PlaceTable((place, name) => this.#nameAt(place) === name);
  }

  #find(name: string): number {
    return this.#table.size === 0 ? NONE : this.#table.find(name);
  }

  #bufferWith(place: number): Filled {
    return this.#buffers[bufferOf(place)] as Filled;
  }

  #sizeAt(place: number): number {
    return this.#bufferWith(place).bytes.readUInt32LE(atIn(place));
  }

  #nameAt(place: number): string {
    const [{ bytes }, at] = [this.#bufferWith(place), atIn(place)];
    return bytes.toString('latin1', at + NAME_AT, at + NAME_AT + (bytes[at + NAME_LENGTH_AT] as number));
  }

  #textAt(place: number): string {
    const [{ bytes }, at] = [this.#bufferWith(place), atIn(place)];
    const [from, to] = [at + NAME_AT + (bytes[at + NAME_LENGTH_AT] as number), at + bytes.readUInt32LE(at)];
    if (((bytes[at + MARKS_AT] as number) & DEFLATED) === 0) return bytes.toString('utf8', from, to);
    return inflateRawSync(bytes.subarray(from, to), { ...BOTH_WAYS, ...this.#dictionary() }).toString();
  }

  #keep(name: string, place: number): void {
    this.#table.add(name, place);
    this.#kept += this.#sizeAt(place);
    if (this.#table.size > this.#most) this.#dropOldest(place);
  }

  #remove(name: string, place: number): void {
    this.#table.delete(name);
    this.#kept -= this.#sizeAt(place);
  }

  /** What is kept in a buffer, from some place in it on; what is given out may be moved or removed before the next. */
  *#textsIn(number: number, from = 0): Generator<{ readonly name: string; readonly place: number; readonly at: number }> {
    const { used } = this.#buffers[number] as Filled;
    for (let at = from; at < used;) {
      const place = number * BUFFER_BYTES + at + 1;
      const [name, next] = [this.#nameAt(place), at + this.#sizeAt(place)];
      if (this.#find(name) === place) yield { name, place, at };
      at = next;
    }
  }

  /** But for one. What was given back since it was gone by stays until the next time, and what is in the last buffer as long as it can. */
  #dropOldest(besides: number): void {
    for (let turns = 0; ; turns++) {
      const number = this.#order[this.#hand] as number;
      const { bytes } = this.#buffers[number] as Filled;
      for (const { name, place, at } of this.#textsIn(number, this.#passed)) {
        this.#passed = at + this.#sizeAt(place);
        const marks = bytes[at + MARKS_AT] as number;
        if ((marks & GIVEN_BACK) === 0 && place !== besides) return this.#remove(name, place);
        bytes[at + MARKS_AT] = marks & ~GIVEN_BACK;
      }
      const last = this.#order.length - 1;
      this.#hand = this.#hand + 1 < last || (this.#hand < last && turns > last) ? this.#hand + 1 : 0;
      this.#passed = 0;
    }
  }

  #withRoomFor(size: number): number {
    const last = this.#order.at(-1);
    if (last !== undefined && this.#hasRoom(last, size)) return last;
    const cleared = 2 * this.#kept < this.bytes ? this.#clearOldest(true) : undefined;
    if (cleared !== undefined && this.#hasRoom(cleared, size)) return cleared;
    return this.#order.length < this.#mostBuffers ? this.#begin() : this.#clearOldest(false);
  }

  #hasRoom(number: number, size: number): boolean {
    return (this.#buffers[number] as Filled).used + size <= BUFFER_BYTES;
  }

  #begin(): number {
    const number = this.#buffers.push({ bytes: Buffer.allocUnsafeSlow(BUFFER_BYTES), used: 0, since: ++this.#since }) - 1;
    this.#order.push(number);
    return number;
  }

  /** It is the newest then: what is kept in it lies together, or is gone, and what was taken out of it cannot be given back. */
  #clearOldest(keeps: boolean): number {
    const [number = 0] = this.#order.splice(0, 1);
    this.#order.push(number);
    [this.#hand, this.#passed] = this.#hand === 0 ? [0, 0] : [this.#hand - 1, this.#passed];
    const filled = this.#buffers[number] as Filled;
    let used = 0;
    for (const { name, place, at } of this.#textsIn(number)) {
      const size = this.#sizeAt(place);
      if (!keeps) this.#remove(name, place);
      else {
        this.#table.move(name, number * BUFFER_BYTES + used + 1); // while the name still lies there
        filled.bytes.copyWithin(used, at, at + size);
        used += size;
      }
    }
    filled.used = used;
    filled.since = ++this.#since;
    return number;
  }
}
