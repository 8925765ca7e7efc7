// Group commit: what was asked for until the event loop comes round goes to disk together, in one transaction with one fsync.
import type { Appended, Bookmark, StreamWrite } from '../event-store.ts';
import { judge } from './append-check.ts';
import { AppendIds } from './append-ids.ts';
import { type BookmarkTable, judgeBookmarks } from './bookmark-table.ts';
import type { Log } from './log.ts';
import { failureOf } from './sqlite-failure.ts';

interface PendingAppend {
  readonly writes: readonly StreamWrite[];
  readonly bookmarks: readonly Bookmark[];
  readonly resolve: (appended: Appended) => void;
  readonly reject: (cause: unknown) => void;
}
type Settle = () => void;

/** A group is closed at so many events or bytes of payload, so that a flood does not hold up reads and sockets. */
const GROUP_EVENTS = 1000;
const GROUP_BYTES = 4 * 1024 * 1024;
/** While more appends come in with every turn of the event loop, a group waits for them as long: a commit costs as much as many turns. */
const PATIENCE_MS = 2;

export class AppendQueue {
  readonly #log: Log;
  readonly #bookmarks: BookmarkTable;
  readonly #committed: () => void;
  readonly #ids = new AppendIds();
  readonly #waiting: PendingAppend[] = [];
  #scheduled = false;

  /** `committed` is called after each commit, before its appends resolve. */
  constructor(log: Log, bookmarks: BookmarkTable, committed: () => void) {
    this.#log = log;
    this.#bookmarks = bookmarks;
    this.#committed = committed;
  }

  add(writes: readonly StreamWrite[], bookmarks: readonly Bookmark[]): Promise<Appended> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ writes, bookmarks, resolve, reject });
      this.#schedule();
    });
  }

  /** Commits all that waits, before it returns. */
  drain(): void {
    while (this.#waiting.length > 0) this.#commit(this.#nextGroup());
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#await(this.#waiting.length, performance.now() + PATIENCE_MS);
  }

  #await(met: number, until: number): void {
    setImmediate(() => {
      if (this.#waiting.length > met && performance.now() < until) {
        this.#await(this.#waiting.length, until);
        return;
      }
      this.#scheduled = false;
      if (this.#waiting.length === 0) return;
      this.#commit(this.#nextGroup());
      if (this.#waiting.length > 0) this.#schedule();
    });
  }

  #nextGroup(): PendingAppend[] {
    let [size, events, bytes] = [0, 0, 0];
    for (const { writes } of this.#waiting) {
      if (events >= GROUP_EVENTS || bytes >= GROUP_BYTES) break;
      size += 1;
      for (const write of writes) {
        events += write.events.length;
        for (const { payload } of write.events) bytes += payload.byteLength;
      }
    }
    return this.#waiting.splice(0, size);
  }

  #commit(group: readonly PendingAppend[]): void {
    let settled: Settle[];
    try {
      settled = this.#log.transaction(() => group.map((pending) => this.#place(pending)));
    } catch (cause) {
      const failure = failureOf(cause);
      for (const { reject } of group) reject(failure);
      return;
    }
    this.#committed();
    for (const settle of settled) settle();
  }

  /** Stores one append if it may be; its caller hears of it after the commit. */
  #place({ writes, bookmarks, resolve, reject }: PendingAppend): Settle {
    const verdict = judge(this.#log.index, writes, this.#ids) ?? this.#mark(bookmarks);
    if (verdict instanceof Error) return () => reject(verdict);
    const appended = verdict ?? { positions: this.#log.append(writes, this.#ids), repeated: false };
    return () => resolve(appended);
  }

  /** Changes the bookmarks of an append that may be stored; where that may not be, gives up the ids claimed for it. */
  #mark(bookmarks: readonly Bookmark[]): Error | undefined {
    if (bookmarks.length === 0) return undefined;
    const refusal = judgeBookmarks(this.#bookmarks, bookmarks);
    if (refusal) this.#log.index.release();
    else this.#bookmarks.change(bookmarks);
    return refusal;
  }
}
