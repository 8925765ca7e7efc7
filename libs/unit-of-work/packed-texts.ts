// Texts of which few are asked for just now: deflated, side by side in few large buffers outside of the heap, which the collector neither
// goes through nor leaves room for.
import { deflateRawSync, inflateRawSync } from 'node:zlib';

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

/** More than the window holds would be of no use. */
export const DICTIONARY_BYTES = 2 ** WINDOW_BITS - 512;

const BUFFER_BYTES = 2 ** 20;

interface Filled {
  readonly bytes: Buffer;
  places: Place[];
  used: number;
}

/** Where a text lies; `buffer` is undefined once it lies there no more. */
interface Place {
  buffer: Filled | undefined;
  from: number;
  readonly length: number;
  readonly name: string;
}

/** What was taken out, and may be given back as long as nothing else was put where it lay. */
export interface TakenText {
  readonly text: string;
  readonly place: unknown;
}

/** By name. Where there is no room the oldest go. */
export class PackedTexts {
  readonly #dictionary: () => { readonly dictionary?: Buffer };
  readonly #mostBuffers: number;
  readonly #most: number;
  /** The oldest first. */
  readonly #places = new Map<string, Place>();
  #buffers: Filled[] = [];
  /** Bytes of the texts that are kept; the rest of what buffers hold is of texts that are not. */
  #kept = 0;

  constructor({ dictionary, bytes = Infinity, most = Infinity }: PackedTextsOptions) {
    this.#dictionary = dictionary ? () => ({ dictionary: dictionary() }) : () => ({});
    this.#mostBuffers = Math.max(1, Math.floor(bytes / BUFFER_BYTES));
    this.#most = most;
  }

  /** Of memory that buffers take, full or not. */
  get bytes(): number {
    return this.#buffers.length * BUFFER_BYTES;
  }

  has(name: string): boolean {
    return this.#places.has(name);
  }

  get(name: string): string | undefined {
    const place = this.#places.get(name);
    return place?.buffer && this.#textIn(place.buffer, place);
  }

  /** Takes it out. */
  take(name: string): TakenText | undefined {
    const place = this.#places.get(name);
    if (place?.buffer === undefined) return undefined;
    this.delete(name);
    return { text: this.#textIn(place.buffer, place), place };
  }

  /** As the newest. False where it is to be put anew. */
  giveBack({ place: taken }: Pick<TakenText, 'place'>): boolean {
    const place = taken as Place;
    if (place.buffer === undefined) return false;
    this.delete(place.name);
    this.#keep(place);
    return true;
  }

  /** A text that is longer than a buffer is not kept. */
  put(name: string, text: string): void {
    const packed = deflateRawSync(text, { ...DEFLATING, ...this.#dictionary() });
    this.delete(name);
    if (packed.byteLength > BUFFER_BYTES) return;
    const buffer = this.#withRoomFor(packed.byteLength);
    const place = { buffer, from: buffer.used, length: packed.byteLength, name };
    packed.copy(buffer.bytes, buffer.used);
    buffer.used += packed.byteLength;
    buffer.places.push(place);
    this.#keep(place);
  }

  delete(name: string): void {
    const place = this.#places.get(name);
    if (place === undefined) return;
    this.#places.delete(name);
    this.#kept -= place.length;
  }

  clear(): void {
    for (const buffer of this.#buffers) leave(buffer.places);
    this.#places.clear();
    this.#buffers = [];
    this.#kept = 0;
  }

  #textIn({ bytes }: Filled, { from, length }: Place): string {
    return inflateRawSync(bytes.subarray(from, from + length), { ...BOTH_WAYS, ...this.#dictionary() }).toString();
  }

  #keep(place: Place): void {
    this.#places.set(place.name, place);
    this.#kept += place.length;
    if (this.#places.size <= this.#most) return;
    const [oldest = ''] = this.#places.keys();
    this.delete(oldest);
  }

  #withRoomFor(bytes: number): Filled {
    const last = this.#buffers.at(-1);
    if (last && last.used + bytes <= BUFFER_BYTES) return last;
    const cleared = this.#isSparse ? this.#clearedOldest() : undefined;
    if (cleared && cleared.used + bytes <= BUFFER_BYTES) return cleared;
    if (this.#buffers.length >= this.#mostBuffers) this.#giveUpOldest();
    const next = { bytes: Buffer.allocUnsafeSlow(BUFFER_BYTES), places: [], used: 0 };
    this.#buffers.push(next);
    return next;
  }

  get #isSparse(): boolean {
    return this.#kept * 2 < this.bytes;
  }

  /** The oldest buffer, what is kept of it moved together: it is the newest now. */
  #clearedOldest(): Filled | undefined {
    const oldest = this.#buffers.shift();
    if (oldest === undefined) return undefined;
    const { places, bytes } = oldest;
    oldest.places = places.filter((place) => this.#places.get(place.name) === place);
    leave(places.filter((place) => this.#places.get(place.name) !== place));
    oldest.used = 0;
    for (const place of oldest.places) {
      bytes.copyWithin(oldest.used, place.from, place.from + place.length);
      place.from = oldest.used;
      oldest.used += place.length;
    }
    this.#buffers.push(oldest);
    return oldest;
  }

  #giveUpOldest(): void {
    const { places = [] } = this.#buffers.shift() ?? {};
    for (const place of places) if (this.#places.get(place.name) === place) this.delete(place.name);
    leave(places);
  }
}

const leave = (places: readonly Place[]): void => {
  for (const place of places) place.buffer = undefined;
};
