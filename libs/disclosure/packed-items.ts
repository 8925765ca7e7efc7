// Items in the plain of learners about whom nobody asks just now: deflated, side by side in few large buffers, outside of the heap. To
// unpack what a learner has takes a tenth of what opening it anew does.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { type CloudEvent, shippedCatalogue } from '#catalogue';
import { oneCopy } from '#contribution';
import type { IsoDate, LearnerId, Position, Revision } from '#kernel';
import type { Opened } from './answer-item.ts';

export interface Kept extends Opened {
  /** Of memory that it takes as an object, about. */
  readonly bytes: number;
}

type Row = readonly [Revision, Position, IsoDate, number, string, string, string, CloudEvent['data']];

const rowOf = ([revision, { position, day, bytes, event }]: readonly [Revision, Kept]): Row => [
  revision,
  position,
  day,
  bytes,
  event.type,
  event.source,
  event.time,
  event.data,
];

const keptOf = ([revision, position, day, bytes, type, source, time, data]: Row): readonly [Revision, Kept] => [
  revision,
  { event: { type: oneCopy(type), source: oneCopy(source), time, data }, position, day, bytes },
];

// What most texts have in common is in none of them: names that the catalogue gives, and nothing that anybody said.

/** More than the window holds would be of no use. */
const WINDOW_BITS = 13;
const DICTIONARY_BYTES = 2 ** WINDOW_BITS - 512;

let made: Buffer | undefined;

const dictionary = (): Buffer =>
  (made ??= Buffer.from(
    shippedCatalogue()
      .types.map(({ name, schema }) => `"${name}","urn:concordat:agency:${JSON.stringify(propertiesOf(schema))}`)
      .join('\n')
      .slice(-DICTIONARY_BYTES),
  ));

const propertiesOf = (schema: unknown): unknown => {
  const { properties = {}, items } = (schema ?? {}) as {
    readonly properties?: Readonly<Record<string, unknown>>;
    readonly items?: unknown;
  };
  if (items !== undefined) return [propertiesOf(items)];
  const names = Object.entries(properties);
  return names.length === 0 ? '' : Object.fromEntries(names.map(([name, value]) => [name, propertiesOf(value)]));
};

/** What comes out is gathered in pieces of this size: larger ones would each be an allocation of its own. */
const PIECE_BYTES = 2048;
const BOTH_WAYS = { windowBits: WINDOW_BITS, chunkSize: PIECE_BYTES };

const deflated = (text: string): Buffer => deflateRawSync(text, { ...BOTH_WAYS, level: 1, memLevel: 5, dictionary: dictionary() });

const inflated = (packed: Uint8Array): string => inflateRawSync(packed, { ...BOTH_WAYS, dictionary: dictionary() }).toString();

// Buffers are filled one after the other. The oldest is given up as a whole: whoever is still asked about is packed again by and by.

const BUFFER_BYTES = 2 ** 20;
/** With what is kept to find them again: of learners whose items take some 600 bytes. */
const BESIDE = 1.25;

interface Place {
  readonly buffer: Filled;
  readonly from: number;
  readonly to: number;
}

interface Filled {
  readonly bytes: Buffer;
  readonly learners: LearnerId[];
  used: number;
}

export class PackedItems {
  readonly #places = new Map<LearnerId, Place>();
  readonly #most: number;
  #buffers: Filled[] = [];

  /** In at most so many bytes; in one buffer at least. */
  constructor(bytes: number) {
    this.#most = Math.max(1, Math.floor(bytes / (BUFFER_BYTES * BESIDE)));
  }

  has(learner: LearnerId): boolean {
    return this.#places.has(learner);
  }

  get(learner: LearnerId): Map<Revision, Kept> | undefined {
    const place = this.#places.get(learner);
    if (place === undefined) return undefined;
    const rows = JSON.parse(inflated(place.buffer.bytes.subarray(place.from, place.to))) as readonly Row[];
    return new Map(rows.map(keptOf));
  }

  put(learner: LearnerId, items: ReadonlyMap<Revision, Kept>): void {
    const packed = deflated(JSON.stringify([...items].map(rowOf)));
    this.#places.delete(learner);
    if (packed.byteLength > BUFFER_BYTES) return;
    const buffer = this.#withRoomFor(packed.byteLength);
    const from = buffer.used;
    packed.copy(buffer.bytes, from);
    buffer.used += packed.byteLength;
    buffer.learners.push(learner);
    this.#places.set(learner, { buffer, from, to: buffer.used });
  }

  clear(): void {
    this.#places.clear();
    this.#buffers = [];
  }

  #withRoomFor(bytes: number): Filled {
    const last = this.#buffers.at(-1);
    if (last && last.used + bytes <= BUFFER_BYTES) return last;
    if (this.#buffers.length >= this.#most) this.#giveUp(this.#buffers.shift());
    const next = { bytes: Buffer.allocUnsafeSlow(BUFFER_BYTES), learners: [], used: 0 };
    this.#buffers.push(next);
    return next;
  }

  #giveUp(oldest: Filled | undefined): void {
    for (const learner of oldest?.learners ?? []) if (this.#places.get(learner)?.buffer === oldest) this.#places.delete(learner);
  }
}
