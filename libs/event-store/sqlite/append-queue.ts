// Group commit: what was asked for until the event loop comes round goes to disk together, in one transaction with one fsync. While another
// process holds the lock, appends wait here and the event loop goes on.
import { setTimeout as pause } from 'node:timers/promises';
import { backOff } from '#kernel';
import { LOCK_PATIENCE_MS, troubleOf } from '#sqlite';
import type { Appended, Bookmark, StreamWrite } from '../event-store.ts';
import { AppendIds, judge } from './append-check.ts';
import { type BookmarkTable, judgeBookmarks } from './log-file.ts';
import type { Log } from './log.ts';
import { failureOf } from './sqlite-failure.ts';

interface PendingAppend {
  readonly writes: readonly StreamWrite[];
  readonly bookmarks: readonly Bookmark[];
  /** When it is told that the log is locked, by the monotonic clock. */
  readonly until: number;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (cause: unknown) => void;
}
type Settle = () => void;

/** A group is closed at so many events or bytes of payload, so that a flood does not hold up reads and sockets. */
const GROUP_EVENTS = 1000;
const GROUP_BYTES = 4 * 1024 * 1024;
/** While more appends come in with every turn of the event loop, a group waits for them as long: a commit costs as much as many turns. */
const PATIENCE_MS = 10;

export class AppendQueue {
  readonly #log: Log;
  readonly #bookmarks: BookmarkTable;
  readonly #committed: () => void;
  readonly #ids = new AppendIds();
  #waiting: PendingAppend[] = [];
  #scheduled = false;
  /** Failed attempts to get the lock since it was last had. */
  #locked = 0;

  /** `committed` is called after each commit, before its appends resolve. */
  constructor(log: Log, bookmarks: BookmarkTable, committed: () => void) {
    this.#log = log;
    this.#bookmarks = bookmarks;
    this.#committed = committed;
  }

  add(writes: readonly StreamWrite[], bookmarks: readonly Bookmark[]): Promise<Appended> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ writes, bookmarks, until: performance.now() + LOCK_PATIENCE_MS, resolve, reject });
      this.#schedule();
    });
  }

  /** Resolves once all that waits is committed or refused. */
  async drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      this.#commit(this.#nextGroup());
      if (this.#locked > 0) await this.#backOff();
    }
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
      if (this.#waiting.length > 0) this.#commit(this.#nextGroup());
      if (this.#locked > 0) void this.#backOff().then(() => this.#goOn());
      else this.#goOn();
    });
  }

  #goOn(): void {
    this.#scheduled = false;
    if (this.#waiting.length > 0) this.#schedule();
  }

  async #backOff(): Promise<void> {
    await pause(backOff(this.#locked, Math.random()));
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
      settled = this.#log.transaction(() => {
        const placed = group.map((pending) => this.#place(pending));
        this.#log.companions.note();
        return placed;
      });
    } catch (cause) {
      this.#fail(group, cause);
      return;
    }
    this.#locked = 0;
    this.#log.companions.noted();
    this.#committed();
    for (const settle of settled) settle();
  }

  /** A lock passes: who has patience left, the last to come, stays at the head of the queue. */
  #fail(group: readonly PendingAppend[], cause: unknown): void {
    const [now, locked] = [performance.now(), troubleOf(cause) === 'busy'];
    this.#locked = locked ? this.#locked + 1 : 0;
    const staying = locked ? group.filter(({ until }) => until > now) : [];
    this.#waiting = [...staying, ...this.#waiting];
    const failure = failureOf(cause);
    for (const { reject } of group.slice(0, group.length - staying.length)) reject(failure);
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
