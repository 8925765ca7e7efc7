// A log in memory for properties: thousands of worlds are made and thrown away, and none has to outlive the process.
import {
  type Appended,
  type Bookmark,
  type EventStore,
  EventStoreError,
  type NewEvent,
  type ReadStreamOptions,
  type RecordedEvent,
  type StreamWrite,
} from '#event-store';
import type { Clock, Position } from '#kernel';

export class MemoryStore implements EventStore {
  readonly #clock: Clock;
  readonly #all: RecordedEvent[] = [];
  readonly #streams = new Map<string, RecordedEvent[]>();
  readonly #ids = new Map<string, RecordedEvent>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async append(writes: readonly StreamWrite[], bookmarks: readonly Bookmark[] = []): Promise<Appended> {
    if (bookmarks.length > 0) throw new TypeError('This log keeps no bookmarks.');
    const stored = writes.flatMap(({ events }) => events.flatMap(({ id }) => this.#ids.get(id) ?? []));
    const wanted = writes.flatMap(({ events }) => events).length;
    if (stored.length > 0 && stored.length === wanted) return { positions: stored.map(({ position }) => position), repeated: true };
    if (stored.length > 0) throw new EventStoreError('event-id-reused', 'Some of the events are stored.');
    if (!writes.every((write) => this.#isAsExpected(write))) throw new EventStoreError('wrong-expected-revision', 'A stream moved on.');
    return { positions: writes.flatMap(({ stream, events }) => events.map((event) => this.#store(stream, event))), repeated: false };
  }

  #isAsExpected({ stream, expected }: StreamWrite): boolean {
    const last = this.#of(stream).length - 1;
    return expected === 'any' || (expected === 'no-stream' ? last < 0 : expected === last);
  }

  #of(stream: string): RecordedEvent[] {
    return this.#streams.get(stream) ?? [];
  }

  #store(stream: string, event: NewEvent): Position {
    const events = this.#of(stream);
    const position = this.#all.length + 1;
    const recorded = { ...event, stream, revision: events.length, position, recordedAt: this.#clock.now() };
    this.#streams.set(stream, events);
    events.push(recorded);
    this.#all.push(recorded);
    this.#ids.set(event.id, recorded);
    return position;
  }

  async bookmarks(): Promise<ReadonlyMap<string, string>> {
    return new Map();
  }

  async readStream(
    stream: string,
    { from, direction = 'forwards', limit = Infinity }: ReadStreamOptions = {},
  ): Promise<readonly RecordedEvent[]> {
    const events = this.#of(stream);
    const found = direction === 'forwards' ? events.slice(from ?? 0) : events.slice(0, (from ?? events.length - 1) + 1).toReversed();
    return found.slice(0, limit);
  }

  async readAll({ after = 0, limit }: { readonly after?: Position; readonly limit: number }): Promise<readonly RecordedEvent[]> {
    return this.#all.slice(after, after + limit);
  }

  async findByIds(ids: readonly string[]): Promise<ReadonlyMap<string, RecordedEvent>> {
    return new Map(
      ids.flatMap((id) => {
        const found = this.#ids.get(id);
        return found ? [[id, found] as const] : [];
      }),
    );
  }

  async *subscribe(): AsyncIterable<readonly RecordedEvent[]> {
    yield [...this.#all];
  }

  async head(): Promise<Position> {
    return this.#all.length;
  }

  async close(): Promise<void> {
    // Nothing is held.
  }
}
