// Items in the plain of learners about whom nobody asks just now, packed: to unpack what a learner has takes a tenth of what opening it
// anew does.
import { type CloudEvent, shippedCatalogue } from '#catalogue';
import { oneCopy } from '#contribution';
import type { IsoDate, LearnerId, Position, Revision } from '#kernel';
import { DICTIONARY_BYTES, PackedTexts } from '#unit-of-work';
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

export class PackedItems {
  readonly #texts: PackedTexts;

  /** In at most so many bytes; in one buffer at least. */
  constructor(bytes: number) {
    this.#texts = new PackedTexts({ dictionary, bytes });
  }

  has(learner: LearnerId): boolean {
    return this.#texts.has(learner);
  }

  get(learner: LearnerId): Map<Revision, Kept> | undefined {
    const text = this.#texts.get(learner);
    return text === undefined ? undefined : new Map((JSON.parse(text) as readonly Row[]).map(keptOf));
  }

  put(learner: LearnerId, items: ReadonlyMap<Revision, Kept>): void {
    this.#texts.put(learner, JSON.stringify([...items].map(rowOf)));
  }

  clear(): void {
    this.#texts.clear();
  }
}
