// The vault whose keys live in a SQLite file of their own, apart from the log: backups of the log hold no key (ADR 0004).
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import type { StreamSeal } from '#event-store';
import type { LogWitness } from '#custody';
import { type Clock, systemClock } from '#kernel';
import { troubleOf, whenFree } from '#sqlite';
import { BlindNames } from '../pseudonyms.ts';
import type { RootKey } from '../root-key.ts';
import { type HeldKeys, LoadedKeys, VaultError } from '../sealing.ts';
import { streamSealOf } from '../stream-seal.ts';
import type { Keys, ToLoad, Vault } from '../vault.ts';
import { KeyFile, KeyWrapper } from './key-file.ts';
import { KeyRings, TRUSTED_MS } from './key-rings.ts';

export interface SqliteVaultOptions {
  readonly file: string;
  readonly rootKey: RootKey;
  readonly clock?: Clock;
  /** The log whose payloads the keys seal: the file is marked as belonging to it. */
  readonly log?: LogWitness | undefined;
  /** How much memory may be taken for keys, in bytes. */
  readonly cacheBytes?: number;
}

const CACHE_BYTES = 32 * 2 ** 20;

export class SqliteVault implements Vault {
  readonly streamSeal: StreamSeal;
  readonly #names: BlindNames;
  readonly #file: KeyFile;
  readonly #rings: KeyRings;
  /** The lease on them never ends: each use looks at the file, where the last look is a millisecond ago. */
  readonly #held: HeldKeys;
  readonly #clock: Clock;
  #writing: Promise<void> | undefined;
  #closed = false;

  /** Makes the file where there is none, with mode 600. Throws `VaultError`. */
  constructor({ file, rootKey, clock = systemClock, log, cacheBytes = CACHE_BYTES }: SqliteVaultOptions) {
    this.#names = new BlindNames(rootKey);
    this.#clock = clock;
    this.#file = unlessBroken(() => new KeyFile(file, this.#names.blind('vault', 'root key'), log));
    this.streamSeal = streamSealOf(this.#names, {
      reached: async (stream) => this.#use(() => this.#file.reached(stream)),
      reach: (stream, reached) => this.#whenFree(() => this.#file.reach(stream, reached)),
    });
    this.#rings = new KeyRings(this.#file, new KeyWrapper(rootKey), cacheBytes);
    this.#held = {
      sealing: (name) => this.#use(() => this.#rings.sealing(name)),
      find: (name, number) => this.#use(() => this.#rings.find(name, number)),
    };
  }

  async load(names: Iterable<ToLoad>): Promise<Keys> {
    const wanted = [...names];
    this.#use(() => this.#rings.load(wanted));
    return new LoadedKeys(this.#held, wanted);
  }

  /** All who wait at the same time share one transaction. */
  async durable(): Promise<void> {
    if (this.#rings.isWritten) return;
    this.#writing ??= nextTurn().then(() => {
      this.#writing = undefined; // who comes from now on may have made a key that this does not write
      return this.#whenFree(() => this.#write());
    });
    return this.#writing;
  }

  async destroy(owner: string, category?: string): Promise<void> {
    await this.#whenFree(() => this.#destroy(owner, category));
    await this.#whenFree(() => this.#file.forgetTraces()).catch((cause: unknown) => {
      throw new VaultError(
        'unavailable',
        'The keys are destroyed, but their trace is in the WAL, which another process reads: destroy them once more.',
        { cause },
      );
    });
    await delay(2 * TRUSTED_MS); // by then every process has looked at the file again
  }

  #destroy(owner: string, category: string | undefined): void {
    this.#write(); // so that keys not yet on disk get their tombstones as well
    try {
      this.#file.destroy(owner, category, this.#clock.now());
    } finally {
      this.#rings.outdate();
    }
  }

  async probe(): Promise<void> {
    await this.#whenFree(() => this.#file.probe());
  }

  erasureMark(): number {
    return this.#use(() => this.#rings.mark());
  }

  blind(kind: string, value: string): string {
    return this.#names.blind(kind, value);
  }

  blindId(kind: string, value: string): string {
    return this.#names.blindId(kind, value);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#file.close();
  }

  #write(): void {
    if (this.#rings.isWritten) return;
    this.#file.write(this.#rings.unwritten, this.#clock.now());
    this.#rings.written();
  }

  /** Waits while another process holds the lock; `work` runs all or not at all. */
  async #whenFree(work: () => void): Promise<void> {
    await whenFree(() => {
      if (this.#closed) throw closed();
      work();
    }).catch((cause: unknown) => {
      throw vaultErrorOf(cause);
    });
  }

  #use<T>(work: () => T): T {
    if (this.#closed) throw closed();
    return unlessBroken(work);
  }
}

const unlessBroken = <T>(work: () => T): T => {
  try {
    return work();
  } catch (cause) {
    throw vaultErrorOf(cause);
  }
};

const closed = (): VaultError => new VaultError('closed', 'The vault is closed.');

const vaultErrorOf = (cause: unknown): VaultError => {
  if (cause instanceof VaultError) return cause;
  const why = troubleOf(cause) === 'busy' ? 'another process holds it locked.' : 'see to its disk, its owner and its mode (600).';
  return new VaultError('unavailable', `The key file cannot be read or written: ${why}`, { cause });
};
