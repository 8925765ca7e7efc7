// What the store in memory holds: it outlives the stores opened on it, as a file does. Every method takes effect at once.
import type { Clock, Instant, Position, Revision } from '#kernel';
import type { Bookmark, NewEvent, RecordedEvent, StreamWrite } from '../event-store.ts';

const copied = (event: NewEvent): NewEvent => ({ ...event, meta: { ...event.meta }, payload: Uint8Array.from(event.payload) });

export class MemoryLog {
  readonly #events: RecordedEvent[] = [];
  readonly #streams = new Map<string, RecordedEvent[]>();
  readonly #ids = new Map<string, RecordedEvent>();
  readonly #bookmarks = new Map<string, string>();
  readonly #waiting = new Set<() => void>();

  get position(): Position {
    return this.#events.length;
  }

  /** −1 where the stream has no event. */
  revisionOf(stream: string): Revision {
    return (this.#streams.get(stream)?.length ?? 0) - 1;
  }

  find(id: string): RecordedEvent | undefined {
    return this.#ids.get(id);
  }

  bookmark(name: string): string | undefined {
    return this.#bookmarks.get(name);
  }

  bookmarksFrom(prefix: string): ReadonlyMap<string, string> {
    const found = [...this.#bookmarks].filter(([name]) => name.startsWith(prefix));
    return new Map(found.sort(([one], [other]) => (one < other ? -1 : 1)));
  }

  stream(name: string): readonly RecordedEvent[] {
    return this.#streams.get(name) ?? [];
  }

  after(position: Position, limit: number): readonly RecordedEvent[] {
    return this.#events.slice(position, position + limit);
  }

  before(position: Position, limit: number): readonly RecordedEvent[] {
    const end = Math.min(position - 1, this.#events.length);
    return this.#events.slice(Math.max(0, end - limit), Math.max(0, end)).reverse();
  }

  append(writes: readonly StreamWrite[], clock: Clock): readonly Position[] {
    const recordedAt = Math.max(clock.now(), this.#events.at(-1)?.recordedAt ?? 0);
    return writes.flatMap(({ stream, events }) => events.map((event) => this.#add(stream, event, recordedAt)));
  }

  #add(stream: string, event: NewEvent, recordedAt: Instant): Position {
    const recorded = { ...copied(event), stream, revision: this.revisionOf(stream) + 1, position: this.position + 1, recordedAt };
    const events = this.#streams.get(stream);
    if (events) events.push(recorded);
    else this.#streams.set(stream, [recorded]);
    this.#events.push(recorded);
    this.#ids.set(event.id, recorded);
    return recorded.position;
  }

  mark(bookmarks: readonly Bookmark[]): void {
    for (const { name, value } of bookmarks) {
      if (value === undefined) this.#bookmarks.delete(name);
      else this.#bookmarks.set(name, value);
    }
  }

  /** For one that has read to the end in this turn: resolves with the next `wakeAll`, or when the signal aborts. */
  news(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal.addEventListener('abort', wake);
      if (signal.aborted) wake();
    });
  }

  wakeAll(): void {
    for (const wake of [...this.#waiting]) wake();
  }
}
