// All keys of a name in memory, and whether that is still what the file says: another process may make keys or destroy them.
import type { KeyObject } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { NumberedKey } from '../sealing.ts';
import type { KeyName } from '../vault.ts';
import type { KeyFile, NamedKey } from './key-file.ts';
import type { KeyWrapper } from './wrapping.ts';

/** For so many milliseconds the file is taken to be as last looked at. `destroy` lasts longer than this. */
export const TRUSTED_MS = 1;

/** Undefined: the key was destroyed. */
interface RingKey {
  readonly number: number;
  readonly key: KeyObject | undefined;
}

interface Ring {
  /** The look at which this was what the file says. */
  readonly look: number;
  readonly keys: readonly RingKey[];
}

export class KeyRings {
  readonly #file: KeyFile;
  readonly #wrapper: KeyWrapper;
  readonly #rings: LRUCache<string, Ring>;
  /** Made here and not yet on disk, by name: they must outlast their ring. */
  readonly #made = new Map<string, NamedKey & NumberedKey>();
  #version: number;
  #lookedAt = performance.now();
  /** Counts what changed in the file behind the rings. */
  #look = 0;

  constructor(file: KeyFile, wrapper: KeyWrapper, max: number) {
    this.#file = file;
    this.#wrapper = wrapper;
    this.#rings = new LRUCache({ max });
    this.#version = file.version();
  }

  /** The key that seals for a name, made when there is none. */
  sealing(name: KeyName): NumberedKey {
    const id = idOf(name);
    const last = this.#ring(id, name).keys.findLast(({ key }) => key !== undefined);
    return (last as NumberedKey | undefined) ?? this.#make(id, name);
  }

  /** Undefined: the file never held such a key. */
  find(name: KeyName, number: number): RingKey | undefined {
    return this.#ring(idOf(name), name).keys.find((one) => one.number === number);
  }

  /** Keys that are not on disk yet. */
  get unwritten(): ReadonlyMap<string, NamedKey> {
    return this.#made;
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

  #ring(id: string, name: KeyName): Ring {
    this.#lookAgain();
    const held = this.#rings.get(id);
    return held?.look === this.#look ? held : this.#load(id, name, held);
  }

  #lookAgain(): void {
    const now = performance.now();
    if (now - this.#lookedAt < TRUSTED_MS) return;
    this.#lookedAt = now;
    const version = this.#file.version();
    if (version === this.#version) return;
    this.#version = version;
    this.#file.outdate();
    this.#look += 1;
  }

  #load(id: string, name: KeyName, held: Ring | undefined): Ring {
    const rows = this.#file.find(name);
    const keys = rows.map(({ number, wrapped }): RingKey => {
      const known = held?.keys.find((one) => one.number === number)?.key;
      return { number, key: wrapped && (known ?? this.#wrapper.unwrap(name, { number, wrapped })) };
    });
    const made = this.#made.get(id);
    return this.#hold(id, made ? [...keys, ringKey(made)] : keys);
  }

  #make(id: string, { owner, category }: KeyName): NumberedKey {
    const made = { owner, category, ...this.#wrapper.make({ owner, category }) };
    this.#made.set(id, made);
    this.#hold(id, [...(this.#rings.get(id)?.keys ?? []), ringKey(made)]);
    return made;
  }

  #hold(id: string, keys: readonly RingKey[]): Ring {
    const ring = { look: this.#look, keys };
    this.#rings.set(id, ring);
    return ring;
  }
}

/** Categories are words of the catalogue: none holds a line break. */
const idOf = ({ owner, category }: KeyName): string => `${category}\n${owner}`;

const ringKey = ({ number, key }: NumberedKey): RingKey => ({ number, key });
