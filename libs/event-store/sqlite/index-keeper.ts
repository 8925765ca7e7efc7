// Keeps the index of a log: brings the directory up to the log as it grows, takes in what other processes made of it, and makes it anew
// where it is not what was written.
import type { Position } from '#kernel';
import { Directory } from './directory.ts';
import type { LogFile } from './log-file.ts';
import { LogIndex } from './log-index.ts';

/** The directory is extended when it lacks so many events: what opening reads of the log itself stays below that and one commit. */
export const RECENT_EVENTS = 8192;
/** Of a commit with so many events each merge of the directory's segments takes a step. */
const EVENTS_A_STEP = 512;

export class IndexKeeper {
  readonly index: LogIndex;
  readonly #directory: Directory;
  readonly #file: LogFile;
  #told: Position;

  constructor(file: LogFile) {
    this.#file = file;
    this.#directory = new Directory(file.directory);
    this.index = new LogIndex(this.#directory);
    this.#told = this.#directory.last;
  }

  /** Where the directory ends, as the index knows it. */
  get told(): Position {
    return this.#told;
  }

  get isDamaged(): boolean {
    return this.#directory.isDamaged;
  }

  /** What other processes made of the directory. True where it tells of other events: those after them are to be met anew. */
  takeIn(): boolean {
    if (!this.#directory.refresh() || this.#directory.last === this.#told) return false;
    this.#rest(false);
    return true;
  }

  /** Within the transaction of an append of so many events. */
  extend(appended: number): void {
    if (appended === 0) return;
    const { position, recent } = this.index;
    if (recent >= RECENT_EVENTS) this.#directory.extend(position, this.index.entries());
    this.#directory.merge(position, Math.ceil(appended / EVENTS_A_STEP));
  }

  /** What this process had the directory tell of, on disk, need not be in memory. */
  rest(): void {
    if (this.#directory.last !== this.#told) this.#rest(true);
  }

  #rest(isAll: boolean): void {
    this.index.rest(isAll);
    this.#told = this.#directory.last;
  }

  /** The directory is far behind: it tells of all that was met from now on. */
  bringUp(): void {
    this.#changing(() => {
      if (this.takeIn()) return; // another process was faster
      this.#directory.extend(this.index.position, this.index.entries());
      this.#directory.merge(Infinity, Infinity);
    });
    this.rest();
  }

  /** The directory is not what was written: it is to be made anew from the log, from the first event on. */
  begin(): void {
    this.#changing(() => this.#directory.clear());
    this.#rest(false);
  }

  /** What the directory became in a transaction that failed: what is on disk of it is looked at before it is asked again. */
  forget(): void {
    this.#directory.forget();
  }

  #changing(change: () => void): void {
    try {
      this.#file.transaction(change);
    } catch (cause) {
      this.forget();
      throw cause;
    }
  }
}
