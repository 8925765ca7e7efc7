// The embedded log: one SQLite file, one writer connection on this thread, group commit (ADR 0002).
import { type Clock, systemClock } from '#kernel';
import type { Appended, Bookmark, EventStore, StreamWrite } from '../event-store.ts';
import { AppendQueue } from './append-queue.ts';
import { closed, LocalLog } from './local-log.ts';
import type { LogFile } from './log-file.ts';
import { openLog } from './open-log.ts';
import { failureOf } from './sqlite-failure.ts';

export interface SqliteEventStoreOptions {
  /** Path of the log; made, readable by its owner alone, where there is none. */
  readonly file: string;
  readonly clock?: Clock;
}

/** Changed by `probe`, so that a commit goes down to the disk. */
const PROBE = 'readiness';

export class SqliteEventStore extends LocalLog implements EventStore {
  readonly #queue: AppendQueue;
  #closing: Promise<void> | undefined;
  #probes = 0;

  private constructor(file: LogFile, clock: Clock) {
    super(file, clock);
    this.#queue = new AppendQueue(this.log, file.bookmarks, () => this.wakeups.wakeAll());
  }

  /**
   * Throws `EventStoreError`: `corrupt` where the file is damaged or no log,
   * `unavailable` where it cannot be opened, is of another format, or the replica of a log elsewhere.
   */
  static open({ file, clock = systemClock }: SqliteEventStoreOptions): SqliteEventStore {
    try {
      return openLog(file, (opened) => new SqliteEventStore(opened, clock));
    } catch (cause) {
      throw failureOf(cause);
    }
  }

  append(writes: readonly StreamWrite[], bookmarks: readonly Bookmark[] = []): Promise<Appended> {
    return this.#closing ? Promise.reject(closed()) : this.#queue.add(writes, bookmarks);
  }

  async probe(): Promise<void> {
    await this.append([], [{ name: PROBE, value: String(++this.#probes) }]);
  }

  /** A file is to begin anew: no copy of what it was has as many changes as the log counts on from now on. */
  async outcount(file: string): Promise<void> {
    this.atOnce(() => this.log.companions.outcount(file));
  }

  /** Commits what was asked for, then closes the file. Subscriptions reject with `closed`. */
  close(): Promise<void> {
    return (this.#closing ??= this.#queue.drain().then(() => this.closeFile()));
  }
}
