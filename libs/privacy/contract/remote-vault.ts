// A vault whose keys lie elsewhere, for specs: its server answers later, slowly or not at all, and what was loaded is held under a lease.
// What passes with it counts nowhere on keys being at hand.
import { createSecretKey, type KeyObject } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { StreamSeal } from '#event-store';
import { MemoryKeys } from '../memory/index.ts';
import { BlindNames } from '../pseudonyms.ts';
import type { RootKey } from '../root-key.ts';
import { drawRandom, keyNumberOf, LoadedKeys, notLoaded, type NumberedKey, SEAL_BYTES, VaultError } from '../sealing.ts';
import { streamSealOf } from '../stream-seal.ts';
import type { KeyName, Keys, ToLoad, Vault } from '../vault.ts';

export const LEASE_MS = 1000;

interface Waiter {
  readonly until: number;
  readonly wake: () => void;
}

/** Where the keys lie. Time passes when a spec says so. */
export class KeyServer {
  readonly keys = new MemoryKeys();
  readonly #vaults = new Set<RemoteVault>();
  #waiters: readonly Waiter[] = [];
  #now = 0;
  /** How often it was asked for keys. */
  loads = 0;
  /** Awaited before each answer: a spec makes it wait, or reject. */
  answering: () => Promise<void> = nextTurn;

  get now(): number {
    return this.#now;
  }

  pass(ms: number): void {
    this.#now += ms;
    for (const { until, wake } of this.#waiters) if (until <= this.#now) wake();
    this.#waiters = this.#waiters.filter(({ until }) => until > this.#now);
  }

  join(vault: RemoteVault): void {
    this.#vaults.add(vault);
  }

  leave(vault: RemoteVault): void {
    this.#vaults.delete(vault);
  }

  /** Resolves once everybody has dropped the keys, or has no lease on them any more. */
  async destroy(owner: string, category: string | undefined): Promise<void> {
    this.keys.destroy(owner, category);
    const deaf = [...this.#vaults].filter(({ hears }) => !hears);
    for (const vault of this.#vaults) if (vault.hears) vault.forget(owner);
    await Promise.all(deaf.map(({ leasedUntil }) => this.#until(leasedUntil)));
  }

  async #until(until: number): Promise<void> {
    if (until > this.#now) await new Promise<void>((wake) => (this.#waiters = [...this.#waiters, { until, wake }]));
  }
}

interface Held {
  readonly owner: string;
  readonly keys: readonly { readonly number: number; readonly key: KeyObject | undefined }[];
}

const KEY_BYTES = 32;
const NUMBER_BYTES = 6;

export class RemoteVault implements Vault {
  readonly streamSeal: StreamSeal;
  /** Whether what the server says reaches it: a spec cuts the line. */
  hears = true;
  readonly #names: BlindNames;
  readonly #server: KeyServer;
  readonly #held = new Map<string, Held>();
  readonly #made = new Map<string, { readonly name: KeyName; readonly key: NumberedKey }>();
  #mark = 0;
  #leasedUntil = 0;
  #closed = false;

  constructor(rootKey: RootKey, server: KeyServer) {
    this.#names = new BlindNames(rootKey);
    this.#server = server;
    server.join(this);
    this.streamSeal = streamSealOf(this.#names, {
      reached: async (stream) => (await this.#ask()).reached.get(stream),
      reach: async (stream, reached) => (await this.#ask()).reach(stream, reached),
    });
  }

  get leasedUntil(): number {
    return this.#leasedUntil;
  }

  async load(names: Iterable<ToLoad>): Promise<Keys> {
    this.#mustBeOpen();
    const wanted = [...names];
    const isFresh = this.#server.now + LEASE_MS / 2 <= this.#leasedUntil;
    if (!isFresh || wanted.some((name) => !this.#has(name))) await this.#fetch(wanted);
    return new LoadedKeys({ sealing: (name) => this.#sealing(name), find: (name, number) => this.#find(name, number) }, wanted);
  }

  async durable(): Promise<void> {
    this.#mustBeOpen();
    if (this.#made.size === 0) return;
    const keys = await this.#ask();
    for (const [id, { name, key }] of this.#made) {
      keys.keep(name, key);
      const held = this.#held.get(id);
      if (held) this.#held.set(id, { ...held, keys: [...held.keys, key] });
    }
    this.#made.clear();
  }

  async destroy(owner: string, category?: string): Promise<void> {
    await this.durable();
    await this.#ask();
    await this.#server.destroy(owner, category);
  }

  erasureMark(): number {
    this.#mustBeOpen();
    if (!this.#isLeased) this.#forgetAll();
    return this.#mark;
  }

  /** As the server says. */
  forget(owner: string): void {
    for (const [id, held] of this.#held) if (held.owner === owner) this.#held.delete(id);
    this.#mark += 1;
  }

  blind(kind: string, value: string): string {
    return this.#names.blind(kind, value);
  }

  blindId(kind: string, value: string): string {
    return this.#names.blindId(kind, value);
  }

  async probe(): Promise<void> {
    await this.#ask();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#server.leave(this);
  }

  get #isLeased(): boolean {
    return this.#server.now < this.#leasedUntil;
  }

  #has({ sealed, ...name }: ToLoad): boolean {
    const held = this.#held.get(idOf(name));
    if (held === undefined || sealed === undefined || sealed.byteLength < SEAL_BYTES) return held !== undefined;
    const number = keyNumberOf(sealed);
    return this.#made.get(idOf(name))?.key.number === number || held.keys.some((one) => one.number === number);
  }

  async #fetch(names: readonly KeyName[]): Promise<void> {
    const keys = await this.#ask();
    this.#server.loads += 1;
    if (!this.#isLeased) this.#forgetAll();
    this.#leasedUntil = this.#server.now + LEASE_MS;
    for (const name of names)
      this.#held.set(idOf(name), { owner: name.owner, keys: keys.of(name).map(({ number, key }) => ({ number, key })) });
  }

  #forgetAll(): void {
    if (this.#held.size === 0) return;
    this.#held.clear();
    this.#mark += 1;
  }

  async #ask(): Promise<MemoryKeys> {
    this.#mustBeOpen();
    await this.#server.answering().catch((cause: unknown) => {
      throw new VaultError('unavailable', 'The keys cannot be reached.', { cause });
    });
    this.#mustBeOpen();
    return this.#server.keys;
  }

  #heldOf(name: KeyName): Held {
    this.#mustBeOpen();
    const held = this.#isLeased ? this.#held.get(idOf(name)) : undefined;
    if (held === undefined) throw notLoaded();
    return held;
  }

  #sealing(name: KeyName): NumberedKey {
    const { keys } = this.#heldOf(name);
    const last = keys.findLast(({ key }) => key !== undefined) as NumberedKey | undefined;
    return last ?? this.#made.get(idOf(name))?.key ?? this.#make(name);
  }

  #find(name: KeyName, number: number): { readonly key: KeyObject | undefined } | undefined {
    const { keys } = this.#heldOf(name);
    const made = this.#made.get(idOf(name))?.key;
    return made?.number === number ? made : keys.find((one) => one.number === number);
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
