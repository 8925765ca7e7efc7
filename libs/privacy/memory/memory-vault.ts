// The vault in memory, for specs: it keeps every promise of the port but durability. What it held is gone with the process.
import { createSecretKey } from 'node:crypto';
import { BlindNames } from '../pseudonyms.ts';
import type { RootKey } from '../root-key.ts';
import { drawRandom, keyNumberOf, type NumberedKey, openWith, sealWith, VaultError } from '../sealing.ts';
import { type KeyName, OPEN, type Place, type Vault } from '../vault.ts';
import { MemoryKeys } from './memory-keys.ts';

export interface MemoryVaultOptions {
  readonly rootKey: RootKey;
  /** What vaults share, as processes share a file; absent: keys of its own. */
  readonly keys?: MemoryKeys;
}

const KEY_BYTES = 32;
const NUMBER_BYTES = 6;

export class MemoryVault implements Vault {
  readonly #names: BlindNames;
  readonly #keys: MemoryKeys;
  /** Made here, and gone unless `durable` is asked for. */
  readonly #made = new Map<string, { readonly name: KeyName; readonly key: NumberedKey }>();
  #closed = false;

  constructor({ rootKey, keys = new MemoryKeys() }: MemoryVaultOptions) {
    this.#names = new BlindNames(rootKey);
    this.#keys = keys;
  }

  seal(name: KeyName, place: Place, plain: Uint8Array): Uint8Array {
    this.#mustBeOpen();
    const last = this.#keys.of(name).findLast(({ key }) => key !== undefined) as NumberedKey | undefined;
    return sealWith(last ?? this.#made.get(idOf(name))?.key ?? this.#make(name), place, plain);
  }

  [OPEN](name: KeyName, place: Place, sealed: Uint8Array): Uint8Array | undefined {
    this.#mustBeOpen();
    const number = keyNumberOf(sealed);
    const made = this.#made.get(idOf(name))?.key;
    const found = made?.number === number ? made : this.#keys.of(name).find((one) => one.number === number);
    if (!found) throw new VaultError('unknown-key', 'There never was such a key.');
    return found.key && openWith(found.key, place, sealed);
  }

  async durable(): Promise<void> {
    this.#mustBeOpen();
    for (const { name, key } of this.#made.values()) this.#keys.keep(name, key);
    this.#made.clear();
  }

  async destroy(owner: string, category?: string): Promise<void> {
    await this.durable();
    this.#keys.destroy(owner, category);
  }

  erasureMark(): number {
    this.#mustBeOpen();
    return this.#keys.destructions;
  }

  blind(kind: string, value: string): string {
    return this.#names.blind(kind, value);
  }

  blindId(kind: string, value: string): string {
    return this.#names.blindId(kind, value);
  }

  async probe(): Promise<void> {
    this.#mustBeOpen();
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  #make(name: KeyName): NumberedKey {
    const key = { number: drawRandom(NUMBER_BYTES).readUIntBE(0, NUMBER_BYTES), key: createSecretKey(drawRandom(KEY_BYTES)) };
    this.#made.set(idOf(name), { name, key });
    return key;
  }

  #mustBeOpen(): void {
    if (this.#closed) throw new VaultError('closed', 'The vault is closed.');
  }
}

const idOf = ({ owner, category }: KeyName): string => `${category}\n${owner}`;
