// How many changes of each file beside it the log counts on: noted in its own commits, so that an older copy of a file shows (ADR 0019).
import type { LogFile } from './log-file.ts';

export class Companions {
  readonly #file: LogFile;
  readonly #changes = new Map<string, () => number>();
  /** What is noted, by file; and what the transaction under way notes. */
  #noted: ReadonlyMap<string, number>;
  #noting = new Map<string, number>();

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

  /** Within a transaction. */
  note(): void {
    this.#noting = new Map();
    for (const [file, changes] of this.#changes) {
      const count = changes();
      if (count <= (this.#noted.get(file) ?? 0)) continue;
      this.#file.noteCompanion(file, count);
      this.#noting.set(file, count);
    }
  }

  /** The transaction is on disk. */
  noted(): void {
    if (this.#noting.size > 0) this.#noted = new Map([...this.#noted, ...this.#noting]);
  }
}
