// The log and its streams in memory: what is appended, where it stands, and what of a stream its metadata lets a reader see.
import { DELETED, metastreamOf, NO_STREAM, type ProposedEvent, type StoredEvent } from './stored-event.ts';

/** What of a stream's metadata bears on reading it. */
interface Bounds {
  readonly maxCount?: number;
  readonly truncateBefore?: number;
  /** Seconds. */
  readonly maxAge?: number;
}

/** A record's overhead in the log: positions are places in a file, never consecutive. */
const RECORD_BYTES = 100;

/** What is no JSON bounds nothing. */
const objectIn = (octets: Uint8Array): Record<string, unknown> => {
  try {
    return JSON.parse(Buffer.from(octets).toString('utf8')) as Record<string, unknown>;
  } catch {
    return {};
  }
};

const boundsIn = (metadata: Uint8Array): Bounds => {
  const said = objectIn(metadata);
  const bounds = { maxCount: said['$maxCount'], truncateBefore: said['$tb'], maxAge: said['$maxAge'] };
  return Object.fromEntries(Object.entries(bounds).filter(([, value]) => typeof value === 'number'));
};

/** Index of the first for which it holds, all after it holding too. */
const firstWhere = (events: readonly StoredEvent[], holds: (event: StoredEvent) => boolean): number => {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const event = events[middle];
    if (event !== undefined && holds(event)) high = middle;
    else low = middle + 1;
  }
  return low;
};

const sizeOf = ({ data, metadata, type }: ProposedEvent): number => RECORD_BYTES + data.length + metadata.length + 2 * type.length;

export class Streams {
  readonly #log: StoredEvent[] = [];
  readonly #streams = new Map<string, StoredEvent[]>();
  readonly #bounds = new Map<string, Bounds>();
  /** Places of the events appended since the start, by id: KurrentDB keeps them in memory alone. */
  readonly #recent = new Map<string, StoredEvent>();
  readonly #waiting = new Set<() => void>();
  #end = 0;

  get log(): readonly StoredEvent[] {
    return this.#log;
  }

  /** Where the next event will stand. */
  get end(): number {
    return this.#end;
  }

  /** Revision of the stream's last event, `NO_STREAM`, or `DELETED`. */
  lastRevision(stream: string): number {
    return this.#streams.get(stream)?.at(-1)?.revision ?? NO_STREAM;
  }

  isTombstoned(stream: string): boolean {
    return this.lastRevision(stream) === DELETED;
  }

  isSoftlyDeleted(stream: string): boolean {
    return (this.#bounds.get(stream)?.truncateBefore ?? 0) >= DELETED;
  }

  recent(id: string): StoredEvent | undefined {
    return this.#recent.get(id);
  }

  forgetRecent(): void {
    this.#recent.clear();
  }

  at(stream: string, revision: number): StoredEvent | undefined {
    const events = this.#streams.get(stream) ?? [];
    const event = events[firstWhere(events, (each) => each.revision >= revision)];
    return event?.revision === revision ? event : undefined;
  }

  /** Up to so many that a reader may see, from this revision on. */
  forwards(stream: string, from: number, limit: number): readonly StoredEvent[] {
    const events = this.#streams.get(stream) ?? [];
    const start = firstWhere(events, ({ revision }) => revision >= Math.max(from, this.#firstSeen(stream)));
    return this.#young(stream, events.slice(start, start + limit));
  }

  /** Up to so many that a reader may see, from this revision back. */
  backwards(stream: string, from: number, limit: number): readonly StoredEvent[] {
    const events = this.#streams.get(stream) ?? [];
    const end = firstWhere(events, ({ revision }) => revision > from);
    const start = firstWhere(events, ({ revision }) => revision >= this.#firstSeen(stream));
    return this.#young(stream, events.slice(Math.max(start, end - limit), Math.max(start, end)).reverse());
  }

  /** Of the whole log, up to so many at this position or after it. */
  allForwards(from: number, limit: number): readonly StoredEvent[] {
    const start = firstWhere(this.#log, ({ position }) => position >= from);
    return this.#log.slice(start, start + limit);
  }

  /** Of the whole log, up to so many before this position. */
  allBackwards(before: number, limit: number): readonly StoredEvent[] {
    const end = firstWhere(this.#log, ({ position }) => position >= before);
    return this.#log.slice(Math.max(0, end - limit), end).reverse();
  }

  append(stream: string, proposed: readonly ProposedEvent[], created: number): readonly StoredEvent[] {
    let revision = this.lastRevision(stream);
    const stored = proposed.map((event) => this.#index({ ...event, stream, revision: ++revision, position: this.#end, created }));
    for (const event of stored) this.#recent.set(event.id, event);
    return stored;
  }

  tombstone(stream: string, event: ProposedEvent, created: number): StoredEvent {
    return this.#index({ ...event, stream, revision: DELETED, position: this.#end, created });
  }

  /** Takes the place of all there is. */
  load(log: readonly StoredEvent[]): void {
    this.#log.length = 0;
    this.#end = 0;
    for (const held of [this.#streams, this.#bounds, this.#recent]) held.clear();
    for (const event of log) this.#index(event);
  }

  /** Wakes those who wait for events. */
  announce(): void {
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }

  /** Resolves when events were appended after this call, or the signal aborts. */
  changed(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        signal.removeEventListener('abort', wake);
        this.#waiting.delete(wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal.addEventListener('abort', wake);
      if (signal.aborted) wake();
    });
  }

  #index(event: StoredEvent): StoredEvent {
    this.#log.push(event);
    this.#end = event.position + sizeOf(event);
    const events = this.#streams.get(event.stream);
    if (events === undefined) this.#streams.set(event.stream, [event]);
    else events.push(event);
    if (event.stream.startsWith('$$')) this.#bounds.set(event.stream.slice(2), boundsIn(event.data));
    return event;
  }

  #firstSeen(stream: string): number {
    const { truncateBefore = 0, maxCount = Infinity }: Bounds = stream.startsWith('$$')
      ? { maxCount: 1 }
      : (this.#bounds.get(stream) ?? {});
    return Math.max(truncateBefore, this.lastRevision(stream) - maxCount + 1);
  }

  #young(stream: string, events: readonly StoredEvent[]): readonly StoredEvent[] {
    const maxAge = this.#bounds.get(stream)?.maxAge;
    return maxAge === undefined ? events : events.filter(({ created }) => created > Date.now() - maxAge * 1000);
  }

  /** Its metadata as it stands, so that one part of it can be changed. */
  metadata(stream: string): Record<string, unknown> {
    const last = this.#streams.get(metastreamOf(stream))?.at(-1);
    return last === undefined ? {} : objectIn(last.data);
  }
}
