// The keys of an owner in memory, and whether they are still what the file says: another process may make keys or destroy them. Of who
// is asked for one category alone, as decisions are, those are read; of others all at once. They rest wrapped, a sixth of the size.
import type { KeyObject } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { InUse } from '#kernel';
import type { NumberedKey } from '../sealing.ts';
import type { KeyName } from '../vault.ts';
import type { KeyFile, KeyWrapper, NamedKey } from './key-file.ts';

/**
 * For so many milliseconds the file is taken to be as last looked at, but for a key that was not there: another process may have made it
 * since. `destroy` lasts longer than this.
 */
export const TRUSTED_MS = 1;

interface RingKey {
  readonly category: string;
  readonly number: number;
  /** A character a byte: small buffers each cost several times what they hold. Undefined: the key was destroyed. */
  readonly wrapped: string | undefined;
}

/** All keys that an owner ever had, of each category the latest last; or all of one category. */
interface Ring {
  readonly category: string | undefined;
  /** The look at which this was what the file says. */
  readonly look: number;
  readonly keys: readonly RingKey[];
}

/** What they take of memory, as measured; a key object outside of the heap. */
const RING_BYTES = 350;
const RING_KEY_BYTES = 150;
const KEY_OBJECT_BYTES = 900;

export class KeyRings {
  readonly #file: KeyFile;
  readonly #wrapper: KeyWrapper;
  readonly #rings: LRUCache<string, Ring>;
  readonly #unwrapped: InUse<RingKey, KeyObject>;
  /** Made here and not yet on disk, by owner: they must outlast their ring. */
  readonly #made = new Map<string, NamedKey[]>();
  #version: number;
  #lookedAt = performance.now();
  /** Counts what changed in the file behind the rings. */
  #look = 0;

  /** Of `bytes` half is for keys as they rest, half for those in use. */
  constructor(file: KeyFile, wrapper: KeyWrapper, bytes: number) {
    this.#file = file;
    this.#wrapper = wrapper;
    const half = Math.ceil(bytes / 2);
    this.#rings = new LRUCache({ maxSize: half, sizeCalculation: ({ keys }) => RING_BYTES + keys.length * RING_KEY_BYTES });
    this.#unwrapped = new InUse({ most: Math.ceil(half / KEY_OBJECT_BYTES) });
    this.#version = file.version();
  }

  /** Those of these names are in memory, as far as there is room. */
  load(names: readonly KeyName[]): void {
    const categories = new Map<string, string | undefined>();
    for (const { owner, category } of names)
      categories.set(owner, !categories.has(owner) || categories.get(owner) === category ? category : undefined);
    for (const [owner, category] of categories) this.#ring(owner, category);
  }

  /** The key that seals for a name, made when there is none. */
  sealing(name: KeyName): NumberedKey {
    const ring = this.#ring(name.owner, name.category);
    const last = ring.keys.findLast(({ category, wrapped }) => category === name.category && wrapped !== undefined);
    const key = last && this.#unwrap(name, last);
    return last && key ? { number: last.number, key } : this.#make(ring, name);
  }

  /** `key` is undefined where it was destroyed. Undefined: the file never held such a key. */
  find(name: KeyName, number: number): { readonly key: KeyObject | undefined } | undefined {
    const found = this.#held(name, number) ?? this.#heldByNow(name, number);
    return found && { key: this.#unwrap(name, found) };
  }

  /** Keys that are not on disk yet. */
  get unwritten(): readonly NamedKey[] {
    return [...this.#made.values()].flat();
  }

  get isWritten(): boolean {
    return this.#made.size === 0;
  }

  /** All that was made is on disk. */
  written(): void {
    this.#made.clear();
  }

  /** The file was changed through this process' own connection: every ring is compared with it before it is used again. */
  outdate(): void {
    this.#look += 1;
  }

  /** Changes with every change of the file that is not the making of a key here. */
  mark(): number {
    this.#lookAgain();
    return this.#look;
  }

  #held({ owner, category }: KeyName, number: number): RingKey | undefined {
    return this.#ring(owner, category).keys.find((one) => one.number === number && one.category === category);
  }

  #heldByNow(name: KeyName, number: number): RingKey | undefined {
    this.#lookNow();
    return this.#held(name, number);
  }

  /** That holds these; undefined: all. Whoever is asked for a second category is read whole. */
  #ring(owner: string, category: string | undefined): Ring {
    this.#lookAgain();
    const held = this.#rings.get(owner);
    const holds = held !== undefined && (held.category === undefined || held.category === category);
    if (holds && held.look === this.#look) return held;
    return this.#read(owner, held === undefined || held.category === category ? category : undefined, held);
  }

  #lookAgain(): void {
    if (performance.now() - this.#lookedAt >= TRUSTED_MS) this.#lookNow();
  }

  #lookNow(): void {
    this.#lookedAt = performance.now();
    const version = this.#file.version();
    if (version === this.#version) return;
    this.#version = version;
    this.#file.outdate();
    this.#look += 1;
  }

  #read(owner: string, category: string | undefined, held: Ring | undefined): Ring {
    const keys = this.#file.find(owner, category).map(({ wrapped, ...key }) => ringKey({ ...key, wrapped }));
    const made = this.#made.get(owner)?.filter((key) => category === undefined || key.category === category) ?? [];
    return this.#hold(owner, {
      category,
      keys: [...keys, ...made.map(ringKey)].map((key) => held?.keys.find((one) => isSame(one, key)) ?? key),
    });
  }

  #make(ring: Ring, { owner, category }: KeyName): NumberedKey {
    const { key, ...made } = { owner, category, ...this.#wrapper.make({ owner, category }) };
    const others = this.#made.get(owner);
    if (others) others.push(made);
    else this.#made.set(owner, [made]);
    const rung = ringKey(made);
    this.#unwrapped.set(rung, key);
    this.#hold(owner, { ...ring, keys: [...ring.keys, rung] });
    return { number: made.number, key };
  }

  #hold(owner: string, { category, keys }: Pick<Ring, 'category' | 'keys'>): Ring {
    const ring = { category, look: this.#look, keys };
    this.#rings.set(owner, ring);
    return ring;
  }

  #unwrap(name: KeyName, ringed: RingKey): KeyObject | undefined {
    const { number, wrapped } = ringed;
    if (wrapped === undefined) return undefined;
    const known = this.#unwrapped.get(ringed);
    if (known) return known;
    const key = this.#wrapper.unwrap(name, { number, wrapped: Buffer.from(wrapped, 'latin1') });
    this.#unwrapped.set(ringed, key);
    return key;
  }
}

const ringKey = ({
  category,
  number,
  wrapped,
}: Omit<NamedKey, 'owner' | 'wrapped'> & { readonly wrapped: Uint8Array | undefined }): RingKey => ({
  category: categoryNamed(category),
  number,
  wrapped: wrapped && Buffer.from(wrapped.buffer, wrapped.byteOffset, wrapped.byteLength).toString('latin1'),
});

/** What is in use goes on being so, where it was not destroyed. */
const isSame = (one: RingKey, other: RingKey): boolean =>
  one.number === other.number && one.category === other.category && one.wrapped === other.wrapped;

/** One text for all rings that name it. */
const categories = new Map<string, string>();
const categoryNamed = (category: string): string => {
  const known = categories.get(category);
  if (known !== undefined) return known;
  categories.set(category, category);
  return category;
};
