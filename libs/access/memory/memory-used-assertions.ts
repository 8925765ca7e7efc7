// Used assertions in memory, for specs: it keeps every promise of the port but durability. What it held is gone with the process.
import { type AgencySlug, type Clock, StorageError } from '#kernel';
import { KEPT_SECONDS, type UsedAssertions } from '../used-assertions.ts';

/** What those opened on it share, as processes share a file: when each assertion expires, by agency and `jti`. */
export type UsedInMemory = Map<string, number>;

export class MemoryUsedAssertions implements UsedAssertions {
  readonly #clock: Clock;
  readonly #used: UsedInMemory;
  #closed = false;

  constructor(clock: Clock, used: UsedInMemory = new Map()) {
    this.#clock = clock;
    this.#used = used;
  }

  async use(agency: AgencySlug, jti: string, expires: number): Promise<boolean> {
    const used = this.#open();
    const kept = Math.floor(this.#clock.now() / 1000) - KEPT_SECONDS;
    for (const [name, end] of used) if (end < kept) used.delete(name);
    const name = `${agency}\n${jti}`;
    if (used.has(name)) return false;
    used.set(name, expires);
    return true;
  }

  async probe(): Promise<void> {
    this.#open();
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  #open(): UsedInMemory {
    if (this.#closed) throw new StorageError('unavailable', 'The record of used assertions is closed.');
    return this.#used;
  }
}
