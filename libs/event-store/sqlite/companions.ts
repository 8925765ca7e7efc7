// How many changes of each file beside it the log counts on: noted in its own commits, so that an older copy of a file shows (ADR 0019).
import type { LogFile } from './log-file.ts';

export class Companions {
  readonly #file: LogFile;
  readonly #changes = new Map<string, () => number>();
  /** What is noted, by file; and what the transaction under way notes. */
  #noted: ReadonlyMap<string, number>;
  #noting: ReadonlyMap<string, number> = new Map();

  constructor(file: LogFile) {
    this.#file = file;
    this.#noted = file.companions();
  }

  add(file: string, changes: () => number): void {
    this.#changes.set(file, changes);
  }

  countedOn(file: string): number {
    return this.#file.companions().get(file) ?? 0;
  }

  outcount(file: string): void {
    this.#file.noteCompanion(file, this.countedOn(file) + 1);
  }

  /** By file, the changes that are not noted yet. */
  unnoted(): ReadonlyMap<string, number> {
    const found = new Map<string, number>();
    for (const [file, changes] of this.#changes) {
      const count = changes();
      if (count > (this.#noted.get(file) ?? 0)) found.set(file, count);
    }
    return found;
  }

  /** Within a transaction; by default what is not noted yet. */
  note(changes = this.unnoted()): void {
    this.#noting = changes;
    for (const [file, count] of changes) this.#file.noteCompanion(file, count);
  }

  /** The transaction is on disk. */
  noted(): void {
    if (this.#noting.size > 0) this.#noted = new Map([...this.#noted, ...this.#noting]);
  }
}
