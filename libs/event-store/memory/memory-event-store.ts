// The log in memory, for specs: it keeps every promise of the port but durability. What it held is gone with the process.
import { setImmediate as turn } from 'node:timers/promises';
import { type Clock, type Position, systemClock } from '#kernel';
import { CompactTree } from '#transparency';
import { type Appended, type Bookmark, type EventStore, EventStoreError, type Integrity, type StreamWrite } from '../event-store.ts';
import type { ReadAllOptions, ReadStreamOptions, RecordedEvent, SubscribeOptions } from '../event-store.ts';
import { leafOf } from '../record-form.ts';
import { judge } from './append-check.ts';
import { MemoryLog } from './memory-log.ts';

const BATCH = 256;

export interface MemoryEventStoreOptions {
  readonly clock?: Clock;
  /** What stores on the same log share, as processes share a file; absent: a log of its own. */
  readonly log?: MemoryLog;
}

export class MemoryEventStore implements EventStore {
  readonly #log: MemoryLog;
  readonly #clock: Clock;
  #closed = false;

  constructor({ clock = systemClock, log = new MemoryLog() }: MemoryEventStoreOptions = {}) {
    this.#log = log;
    this.#clock = clock;
  }

  async append(writes: readonly StreamWrite[], bookmarks: readonly Bookmark[] = []): Promise<Appended> {
    const log = this.#open();
    const verdict = judge(log, writes, bookmarks);
    if (verdict instanceof Error) throw verdict;
    if (verdict) return verdict;
    log.mark(bookmarks);
    const positions = log.append(writes, this.#clock);
    if (positions.length > 0) log.wakeAll();
    return { positions, repeated: false };
  }

  async bookmarks(prefix: string): Promise<ReadonlyMap<string, string>> {
    return this.#open().bookmarksFrom(prefix);
  }

  async readStream(stream: string, options: ReadStreamOptions = {}): Promise<readonly RecordedEvent[]> {
    const events = this.#open().stream(stream);
    const { from, direction = 'forwards', limit = Infinity } = options;
    const found = direction === 'forwards' ? events.slice(from ?? 0) : events.slice(0, (from ?? events.length) + 1).reverse();
    return found.slice(0, limit);
  }

  async readAll({ after, direction = 'forwards', limit }: ReadAllOptions): Promise<readonly RecordedEvent[]> {
    const log = this.#open();
    return direction === 'forwards' ? log.after(after ?? 0, limit) : log.before(after ?? Infinity, limit);
  }

  async findByIds(ids: readonly string[]): Promise<ReadonlyMap<string, RecordedEvent>> {
    const log = this.#open();
    return new Map(ids.flatMap((id) => log.find(id) ?? []).map((event) => [event.id, event]));
  }

  async *subscribe({ after, signal, batchSize = BATCH }: SubscribeOptions): AsyncGenerator<readonly RecordedEvent[], void> {
    for (let reached = after; !signal.aborted;) {
      const events = this.#open().after(reached, batchSize);
      if (events.length === 0) {
        await this.#log.news(signal);
        continue;
      }
      reached += events.length;
      yield events;
      await turn();
    }
  }

  async head(): Promise<Position> {
    return this.#open().position;
  }

  async readLeaves(after: Position, limit: number): Promise<readonly Uint8Array[]> {
    return this.#open().after(after, limit).map(leafOf);
  }

  async integrity(): Promise<Integrity> {
    const tree = new CompactTree();
    for (const event of this.#open().after(0, Infinity)) tree.append(leafOf(event));
    return { size: tree.size, root: tree.root() };
  }

  async probe(): Promise<void> {
    this.#open();
  }

  /** Subscriptions reject with `closed`. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#log.wakeAll();
  }

  #open(): MemoryLog {
    if (this.#closed) throw new EventStoreError('closed', 'The log is closed.');
    return this.#log;
  }
}
