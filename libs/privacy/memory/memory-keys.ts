// What vaults in memory stand on: it outlives the vaults opened on it, as a file does. Every method takes effect at once.
import type { KeyObject } from 'node:crypto';
import type { Reached } from '#event-store';
import type { NumberedKey } from '../sealing.ts';
import type { KeyName } from '../vault.ts';

/** A key of a name; undefined: it was destroyed. */
interface KeptKey extends KeyName {
  readonly number: number;
  key: KeyObject | undefined;
}

export class MemoryKeys {
  readonly #kept = new Map<string, KeptKey[]>();
  /** How often keys were destroyed. */
  destructions = 0;

  /** How far sealed streams were seen to go. */
  readonly reached = new Map<string, Reached>();

  /** It never goes back. */
  reach(stream: string, reached: Reached): void {
    if (reached.revision > (this.reached.get(stream)?.revision ?? -1)) this.reached.set(stream, reached);
  }

  /** All keys that a name ever had, the latest last. */
  of({ owner, category }: KeyName): readonly Readonly<KeptKey>[] {
    return (this.#kept.get(owner) ?? []).filter((kept) => kept.category === category);
  }

  keep({ owner, category }: KeyName, key: NumberedKey): void {
    this.#kept.set(owner, [...(this.#kept.get(owner) ?? []), { owner, category, ...key }]);
  }

  destroy(owner: string, category: string | undefined): void {
    for (const kept of this.#kept.get(owner) ?? []) if (category === undefined || kept.category === category) kept.key = undefined;
    this.destructions += 1;
  }
}
