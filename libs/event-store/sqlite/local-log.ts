// How a log in one SQLite file is read: what the embedded store and the replica of a remote log have in common.
import type { LogMark, LogWitness } from '#custody';
import type { Clock, Position } from '#kernel';
import { whenFree } from '#sqlite';
import { EventStoreError, type EventStore, type Integrity } from '../event-store.ts';
import type { ReadAllOptions, ReadStreamOptions, RecordedEvent, SubscribeOptions } from '../event-store.ts';
import { checkIntegrity } from './integrity.ts';
import type { LogFile } from './log-file.ts';
import { follow, LogReader, type ReadAfter, Wakeups } from './log-reader.ts';
import { Log } from './log.ts';
import { positionOf } from './log-index.ts';
import { failureOf } from './sqlite-failure.ts';

export const closed = (): EventStoreError => new EventStoreError('closed', 'The log is closed.');

const textOf = (leaf: Uint8Array): string => Buffer.from(leaf).toString('base64url');

/**
 * Several processes may use one file. A read event's payload is a view of the block that it was read with: copy what is to be kept long.
 */
export abstract class LocalLog implements Omit<EventStore, 'append' | 'probe' | 'close'>, LogWitness {
  protected readonly file: LogFile;
  protected readonly log: Log;
  protected readonly wakeups: Wakeups;
  readonly #reader: LogReader;
  #closed = false;

  protected constructor(file: LogFile, clock: Clock) {
    this.file = file;
    this.log = new Log(file, clock);
    this.#reader = new LogReader(file);
    this.wakeups = new Wakeups(() => this.#upToDate().position);
  }

  async bookmarks(prefix: string): Promise<ReadonlyMap<string, string>> {
    return this.reading(() => this.file.bookmarks.startingWith(prefix));
  }

  async readStream(stream: string, options: ReadStreamOptions = {}): Promise<readonly RecordedEvent[]> {
    return this.#looking(({ index }) => {
      const { from, direction = 'forwards', limit = Infinity } = options;
      if (limit <= 0) return [];
      const last = index.revisionOf(stream);
      if (direction === 'forwards') return this.#reader.at(index.positions(stream, from ?? 0, Math.min(last, (from ?? 0) + limit - 1)));
      const to = Math.min(last, from ?? last);
      return this.#reader.at(index.positions(stream, to - limit + 1, to)).reverse();
    });
  }

  async readAll({ after, direction = 'forwards', limit }: ReadAllOptions): Promise<readonly RecordedEvent[]> {
    return this.reading(() => {
      if (direction === 'forwards') return this.#reader.after(after ?? 0, limit);
      const end = this.#upToDate().position + 1;
      return this.#reader.before(Math.min(end, after ?? end), limit);
    });
  }

  async findByIds(ids: readonly string[]): Promise<ReadonlyMap<string, RecordedEvent>> {
    return this.#looking(({ index }) => {
      const positions = [...new Set(ids.map((id) => positionOf(index, id)))].filter((position) => position > 0);
      return new Map(this.#reader.at(positions.sort((a, b) => a - b)).map((event) => [event.id, event]));
    });
  }

  subscribe(options: SubscribeOptions): AsyncIterable<readonly RecordedEvent[]> {
    return follow((after, limit) => this.reading(() => this.#reader.after(after, limit)), this.wakeups, options);
  }

  async head(): Promise<Position> {
    return this.reading(() => this.#upToDate().position);
  }

  async readLeaves(after: Position, limit: number): Promise<readonly Uint8Array[]> {
    return this.reading(() => this.#reader.leavesAfter(after, limit));
  }

  async integrity(): Promise<Integrity> {
    const read: ReadAfter = (after, limit) => this.reading(() => (this.#upToDate(), this.#reader.after(after, limit)));
    return checkIntegrity(read, (ids) => this.#looking(({ index }) => ids.map((id) => positionOf(index, id)))).catch((cause: unknown) => {
      throw failureOf(cause);
    });
  }

  mark(): LogMark {
    const { position, leaf } = this.log;
    return { log: this.file.id, position, leaf: textOf(leaf) };
  }

  leafAt(position: Position): string | undefined {
    if (position === 0) return '';
    const [leaf] = this.atOnce(() => this.#reader.leavesAfter(position - 1, 1));
    return leaf && textOf(leaf);
  }

  countedOn(file: string): number {
    return this.atOnce(() => this.log.companions.countedOn(file));
  }

  accompany(file: string, changes: () => number): void {
    this.log.companions.add(file, changes);
  }

  /** Subscriptions reject with `closed`. */
  protected closeFile(): void {
    this.#closed = true;
    this.wakeups.wakeAll();
    this.file.close();
  }

  /** Of what is asked while files are opened, before anything is served. */
  protected atOnce<T>(read: () => T): T {
    try {
      return read();
    } catch (cause) {
      throw failureOf(cause);
    }
  }

  /** Waits for locks of other processes, not for ever. */
  protected async reading<T>(read: () => T): Promise<T> {
    try {
      return await whenFree(() => {
        if (this.#closed) throw closed();
        return read();
      });
    } catch (cause) {
      throw failureOf(cause);
    }
  }

  /** At one moment: what another process does with the directory meanwhile is not met. */
  #looking<T>(look: (log: Log) => T): Promise<T> {
    return this.reading(() => this.log.looking(() => look(this.log)));
  }

  #upToDate(): Log {
    this.log.refresh();
    return this.log;
  }
}
