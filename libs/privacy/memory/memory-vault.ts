// The vault in memory, for specs: it keeps every promise of the port but durability. What it held is gone with the process.
import { createSecretKey, type KeyObject } from 'node:crypto';
import type { StreamSeal } from '#event-store';
import { BlindNames } from '../pseudonyms.ts';
import type { RootKey } from '../root-key.ts';
import { drawRandom, LoadedKeys, type NumberedKey, VaultError } from '../sealing.ts';
import { streamSealOf } from '../stream-seal.ts';
import type { KeyName, Keys, ToLoad, Vault } from '../vault.ts';
import { MemoryKeys } from './memory-keys.ts';

export interface MemoryVaultOptions {
  readonly rootKey: RootKey;
  /** What vaults share, as processes share a file; absent: keys of its own. */
  readonly keys?: MemoryKeys;
}

const KEY_BYTES = 32;
const NUMBER_BYTES = 6;

export class MemoryVault implements Vault {
  readonly streamSeal: StreamSeal;
  readonly #names: BlindNames;
  readonly #keys: MemoryKeys;
  /** Made here, and gone unless `durable` is asked for. */
  readonly #made = new Map<string, { readonly name: KeyName; readonly key: NumberedKey }>();
  #closed = false;

  constructor({ rootKey, keys = new MemoryKeys() }: MemoryVaultOptions) {
    this.#names = new BlindNames(rootKey);
    this.#keys = keys;
    this.streamSeal = streamSealOf(this.#names, {
      reached: async (stream) => this.#open().reached.get(stream),
      reach: async (stream, reached) => this.#open().reach(stream, reached),
    });
  }

  async load(names: Iterable<ToLoad>): Promise<Keys> {
    this.#open();
    return new LoadedKeys({ sealing: (name) => this.#sealing(name), find: (name, number) => this.#find(name, number) }, names);
  }

  async durable(): Promise<void> {
    const keys = this.#open();
    for (const { name, key } of this.#made.values()) keys.keep(name, key);
    this.#made.clear();
  }

  async destroy(owner: string, category?: string): Promise<void> {
    await this.durable();
    this.#keys.destroy(owner, category);
  }

  erasureMark(): number {
    return this.#open().destructions;
  }

  blind(kind: string, value: string): string {
    return this.#names.blind(kind, value);
  }

  blindId(kind: string, value: string): string {
    return this.#names.blindId(kind, value);
  }

  async probe(): Promise<void> {
    this.#open();
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  #sealing(name: KeyName): NumberedKey {
    const kept = this.#open().of(name);
    const last = kept.findLast(({ key }) => key !== undefined) as NumberedKey | undefined;
    return last ?? this.#made.get(idOf(name))?.key ?? this.#make(name);
  }

  #find(name: KeyName, number: number): { readonly key: KeyObject | undefined } | undefined {
    const kept = this.#open().of(name);
    const made = this.#made.get(idOf(name))?.key;
    return made?.number === number ? made : kept.find((one) => one.number === number);
  }

  #make(name: KeyName): NumberedKey {
    const key = { number: drawRandom(NUMBER_BYTES).readUIntBE(0, NUMBER_BYTES), key: createSecretKey(drawRandom(KEY_BYTES)) };
    this.#made.set(idOf(name), { name, key });
    return key;
  }

  #open(): MemoryKeys {
    if (this.#closed) throw new VaultError('closed', 'The vault is closed.');
    return this.#keys;
  }
}

const idOf = ({ owner, category }: KeyName): string => `${category}\n${owner}`;
