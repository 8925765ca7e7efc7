// What one message or answer is about to change: judged without a pause between looking and appending, then appended as a whole.
import type { Bookmark, EventMetadata, NewEvent, StreamWrite } from '#event-store';
import { encodePayload, type KeyName, type Keys, type Payload, type Place } from '#privacy';
import type { Revision } from '#kernel';
import { type Held, type Missing, NO_STREAM, type StreamCache } from './stream-cache.ts';

// An event as it is judged: plain data. It is sealed for its place once its keys are loaded, between judging and appending (ADR 25, 33).

export interface PlainEvent {
  readonly id: string;
  readonly type: string;
  /** With `owner` and `category` its content is sealed under that key; without, it lies in clear. */
  readonly meta: EventMetadata;
  readonly content: Content;
}

/** What is stored as JSON, or beside its header what an agency signed. */
type Content = { readonly json: unknown } | Payload<unknown>;

export interface PlainWrite {
  readonly stream: string;
  readonly expected: Exclude<StreamWrite['expected'], 'any'>;
  /** None: a mere condition. */
  readonly events: readonly PlainEvent[];
}

/** A bookmark that nobody may read: what is stored is sealed, in base64. */
export interface PlainBookmark extends Pick<Bookmark, 'name' | 'expected'> {
  readonly key: KeyName;
  readonly place: Place;
  readonly plain: Uint8Array;
}

export type BookmarkToWrite = Bookmark | PlainBookmark;

/** What is to be changed in one append, before it is sealed. */
export interface PlainAppend {
  readonly writes: readonly PlainWrite[];
  readonly bookmarks: readonly BookmarkToWrite[];
}

type Seals = Pick<Keys, 'seal'>;

/** The event for its place in the log. Throws `VaultError` where its key is not loaded. */
export const sealedEvent = (
  keys: Seals,
  { id, type, meta, content }: PlainEvent,
  { stream, revision }: { readonly stream: string; readonly revision: number },
): NewEvent => {
  const plain = 'json' in content ? Buffer.from(JSON.stringify(content.json)) : encodePayload(content);
  const { owner, category } = meta;
  if (owner === undefined || category === undefined) return { id, type, meta, payload: plain };
  return { id, type, meta, payload: keys.seal({ owner, category }, { stream, revision, type }, plain) };
};

/** Under which names it is sealed. */
export const namesIn = ({ writes, bookmarks }: PlainAppend): readonly KeyName[] => [
  ...writes.flatMap(({ events }) =>
    events.flatMap(({ meta: { owner, category } }) => (owner === undefined || category === undefined ? [] : [{ owner, category }])),
  ),
  ...bookmarks.flatMap((bookmark) => ('plain' in bookmark ? [bookmark.key] : [])),
];

/** Each event for the place that it will have if the write holds. Throws `VaultError` where keys are not loaded. */
export const sealedAppend = (
  keys: Seals,
  { writes, bookmarks }: PlainAppend,
): { readonly writes: readonly StreamWrite[]; readonly bookmarks: readonly Bookmark[] } => ({
  writes: writes.map((write) => sealedWrite(keys, write)),
  bookmarks: bookmarks.map((bookmark) => ('plain' in bookmark ? sealedBookmark(keys, bookmark) : bookmark)),
});

const sealedWrite = (keys: Seals, { stream, expected, events }: PlainWrite): StreamWrite => {
  const first = (expected === 'no-stream' ? NO_STREAM : expected) + 1;
  return { stream, expected, events: events.map((event, place) => sealedEvent(keys, event, { stream, revision: first + place })) };
};

const sealedBookmark = (keys: Seals, { key, place, plain, ...bookmark }: PlainBookmark): Bookmark => ({
  ...bookmark,
  value: Buffer.from(keys.seal(key, place, plain)).toString('base64'),
});

interface Touched {
  readonly expected: Revision;
  readonly events: PlainEvent[];
  held: Held<unknown>;
  readonly publish: (held: Held<unknown>) => void;
  readonly drop: () => void;
}

interface Condition {
  readonly revision: Revision;
  readonly drop: () => void;
  readonly renew?: () => Promise<void>;
}

/** A stream that is held elsewhere than in a cache, such as a register, as it was looked at. */
export interface Seen {
  readonly stream: string;
  readonly revision: Revision;
  /** Takes in what others appended to it. */
  readonly renew: () => Promise<void>;
}

export class Draft {
  readonly #touched = new Map<string, Touched>();
  /** From which its streams are. */
  readonly #caches = new Set<unknown>();
  readonly #conditions = new Map<string, Condition>();
  readonly #missing = new Map<string, Missing>();

  /** What it was judged without: where that is anything, it counts for nothing, and is judged again once all of it is loaded. */
  get missing(): readonly Missing[] {
    return [...this.#missing.values()];
  }

  get isComplete(): boolean {
    return this.#missing.size === 0;
  }

  /** Something else is missing than a stream that `get` was asked for. */
  lack(missing: readonly Missing[]): void {
    for (const one of missing) this.#missing.set(one.name, one);
  }

  /** Of a stream that is about to be looked at: nothing, where it is in memory. */
  missingIn<State>(cache: StreamCache<State>, stream: string): readonly Missing[] {
    return this.#touched.has(stream) ? [] : cache.missing(stream);
  }

  /** Whether it may have changed any stream of the cache: none, where this is false. */
  mayTouch<State>(cache: StreamCache<State>): boolean {
    return this.#caches.has(cache);
  }

  /** The stream as it would be after this draft. One that is not in memory is `missing`, and looks as if it were empty. */
  get<State>(cache: StreamCache<State>, stream: string): Held<State> {
    const touched = this.#touched.get(stream);
    if (touched) return touched.held as Held<State>;
    const held = cache.peek(stream);
    if (held) return held;
    this.#missing.set(stream, { from: cache, name: stream });
    return cache.empty(stream);
  }

  /** A stream that cannot exist yet, since nobody else knows its name: it is empty without a look at the store. */
  begin<State>(cache: StreamCache<State>, stream: string): void {
    this.#touch(cache, stream, cache.empty(stream));
  }

  /** Adds an event to a stream that `get` has given; `next` is the state with it. */
  add<State>(cache: StreamCache<State>, stream: string, event: PlainEvent, next: (state: State, revision: Revision) => State): Revision {
    const before = this.get(cache, stream);
    const revision = before.revision + 1;
    const touched = this.#touched.get(stream) ?? this.#touch(cache, stream, before);
    touched.events.push(event);
    touched.held = { state: next(before.state, revision), revision };
    return revision;
  }

  /** Changes what is held of a stream that `get` has given, by what stands in another: no event is added to this one. */
  amend<State>(cache: StreamCache<State>, stream: string, next: (state: State) => State): void {
    const before = this.get(cache, stream);
    const touched = this.#touched.get(stream) ?? this.#touch(cache, stream, before);
    touched.held = { state: next(before.state), revision: before.revision };
  }

  /** Of the event with this id, where this draft adds it to the stream. */
  revisionOf(stream: string, id: string): Revision | undefined {
    const touched = this.#touched.get(stream);
    const place = touched?.events.findIndex((event) => event.id === id) ?? -1;
    return touched === undefined || place < 0 ? undefined : touched.expected + 1 + place;
  }

  /** The draft holds only if the stream is still where it was looked at when it is appended. */
  require<State>(cache: StreamCache<State>, stream: string): void {
    const { revision } = this.get(cache, stream);
    this.#conditions.set(stream, { revision, drop: () => cache.drop(stream) });
  }

  /** The same of a stream that is held elsewhere. */
  requireSeen({ stream, revision, renew }: Seen): void {
    this.#conditions.set(stream, { revision, drop: () => undefined, renew });
  }

  #touch<State>(cache: StreamCache<State>, stream: string, before: Held<State>): Touched {
    const touched: Touched = {
      expected: before.revision,
      events: [],
      held: before,
      publish: (held) => cache.put(stream, held as Held<State>),
      drop: () => cache.drop(stream),
    };
    this.#touched.set(stream, touched);
    this.#caches.add(cache);
    return touched;
  }

  /** What it holds now, to go back to: what was added since is as if it had never been. */
  checkpoint(): () => void {
    const touched = [...this.#touched].map(([stream, one]) => ({ stream, one, events: one.events.length, held: one.held }));
    return () => {
      this.#touched.clear();
      for (const { stream, one, events, held } of touched) {
        one.events.length = events;
        one.held = held;
        this.#touched.set(stream, one);
      }
    };
  }

  get isEmpty(): boolean {
    for (const { events } of this.#touched.values()) if (events.length > 0) return false;
    return true;
  }

  /** Positions come back in the order of these writes' events. */
  writes(): readonly PlainWrite[] {
    const writes: PlainWrite[] = [];
    for (const [stream, { expected, events }] of this.#touched)
      if (events.length > 0) writes.push({ stream, expected: expectation(expected), events });
    for (const [stream, { revision }] of this.#conditions)
      if ((this.#touched.get(stream)?.events.length ?? 0) === 0) writes.push({ stream, expected: expectation(revision), events: [] });
    return writes;
  }

  /** Lets the judgements that follow build on this one before it is on disk. */
  publish(): void {
    for (const { publish, held } of this.#touched.values()) publish(held);
  }

  /** It could not be appended: whoever looks next reads the store. */
  withdraw(): void {
    for (const { drop } of [...this.#touched.values(), ...this.#conditions.values()]) drop();
  }

  /** Another writer was first: what is held elsewhere is brought up to date before anything is judged anew. */
  async renew(): Promise<void> {
    for (const { renew } of this.#conditions.values()) await renew?.();
  }
}

const expectation = (revision: Revision): Revision | 'no-stream' => (revision === NO_STREAM ? 'no-stream' : revision);
