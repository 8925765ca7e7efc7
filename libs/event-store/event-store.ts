// The port: one durable, totally ordered log of events, cut into streams. Invariants 2 (durability) and 3 (once) rest on it.
import type { Instant, Position, Revision } from '#kernel';

/** What is known of an event beside its payload. Nothing personal belongs here: it is stored in clear. */
export interface EventMetadata {
  /** Who caused it: an agency's slug, `broker`, or `operator`. */
  readonly actor: string;
  /** Ties together all that one message or request brought about. */
  readonly correlation: string;
  /** The id of the event or message that brought it about. */
  readonly causation?: string;
  /** Version of the payload's shape, for upcasting. */
  readonly schema: number;
  /** Data category (catalogue) whose key seals the payload; absent: the payload is clear JSON. */
  readonly category?: string;
  /** Whose key seals the payload: a learner's id or another owner's; present exactly when `category` is. */
  readonly owner?: string;
}

export interface NewEvent {
  /** UUID. Appending an event whose id is stored already stores nothing and gives the first one's place. */
  readonly id: string;
  /** Stable name with version, as `uk.concordat.consent.withdrawn.v1`. */
  readonly type: string;
  readonly meta: EventMetadata;
  readonly payload: Uint8Array;
}

export interface RecordedEvent extends NewEvent {
  readonly stream: string;
  readonly revision: Revision;
  readonly position: Position;
  /** When the store took it (the broker's clock); never earlier than that of the event before it. */
  readonly recordedAt: Instant;
}

/** `no-stream`: the stream has no event yet; a number: the revision of its last event; `any`: whatever it holds. */
export type ExpectedRevision = 'any' | 'no-stream' | Revision;

/** Events for one stream; with no events, a mere condition on it. */
export interface StreamWrite {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly NewEvent[];
}

/**
 * A small value kept beside the log and changed together with it, such as how far a channel has been taken in. It is no event: it is not
 * numbered, not proved and not followed, and what was there before is gone. Nothing personal belongs here unless it is sealed.
 */
export interface Bookmark {
  readonly name: string;
  /** Undefined removes it. */
  readonly value: string | undefined;
  /** What it must be before; null: there must be none; absent: whatever it is. */
  readonly expected?: string | null;
}

/** Where each event of an append stands, in the order given. */
export interface Appended {
  readonly positions: readonly Position[];
  /** True where all events had been stored by an earlier append. */
  readonly repeated: boolean;
}

export interface Integrity {
  /** Events found, all sound. */
  readonly size: Position;
  /** Root of the tree over their leaves (RFC 6962). */
  readonly root: Uint8Array;
}

export interface ReadStreamOptions {
  /** First revision to read (the last one when backwards and absent). */
  readonly from?: Revision;
  readonly direction?: 'forwards' | 'backwards';
  readonly limit?: number;
}

export interface ReadAllOptions {
  /** Events with a greater position (smaller when backwards). Default: from the very start (or end). */
  readonly after?: Position;
  readonly direction?: 'forwards' | 'backwards';
  readonly limit: number;
}

export interface SubscribeOptions {
  /** 0 for everything. */
  readonly after: Position;
  readonly signal: AbortSignal;
  readonly batchSize?: number;
}

/**
 * Every method may reject with an `EventStoreError`.
 *
 * Appends take effect in the order of the calls. One that resolves is on disk (fsync, or a quorum). One that rejects has stored nothing;
 * but where its commit failed half-way (`uncertain`) it may come to light after a crash: appended again, it is stored once.
 * When a group of appends cannot be committed, those queued behind it that count on its revisions are refused as well.
 */
export interface EventStore {
  /**
   * All writes and bookmarks or none; rejects with `wrong-expected-revision` where a stream is elsewhere than expected, and with
   * `wrong-bookmark` where a bookmark is. Where the events were stored by an earlier append, bookmarks are left as they are.
   */
  append(writes: readonly StreamWrite[], bookmarks?: readonly Bookmark[]): Promise<Appended>;
  /** The bookmarks whose names begin with this, by name. */
  bookmarks(prefix: string): Promise<ReadonlyMap<string, string>>;
  readStream(stream: string, options?: ReadStreamOptions): Promise<readonly RecordedEvent[]>;
  readAll(options: ReadAllOptions): Promise<readonly RecordedEvent[]>;
  /** The events among these ids that are stored, by id. */
  findByIds(ids: readonly string[]): Promise<ReadonlyMap<string, RecordedEvent>>;
  /**
   * Catches up, then follows: no gap, no repeat, in order of position, until the signal aborts;
   * pulled, so a slow reader holds back no writer.
   */
  subscribe(options: SubscribeOptions): AsyncIterable<readonly RecordedEvent[]>;
  /** Position of the last event; 0 when there is none. */
  head(): Promise<Position>;
  /** Leaf hashes (RFC 6962) of up to `limit` events with greater positions than `after`, in their order. */
  readLeaves(after: Position, limit: number): Promise<readonly Uint8Array[]>;
  /**
   * Reads the whole log and checks all that can be: each event against its leaf, positions and revisions dense, times that never go back,
   * every id leading to its event alone, and copies against what they are copies of. Rejects with `corrupt` at the first fault.
   */
  integrity(): Promise<Integrity>;
  /** Resolves where the log would take an append now, as far as can be told without one that anybody reads. */
  probe(): Promise<void>;
  close(): Promise<void>;
}

export type EventStoreErrorCode =
  'wrong-expected-revision' | 'wrong-bookmark' | 'event-id-reused' | 'too-large' | 'unavailable' | 'uncertain' | 'corrupt' | 'closed';

export class EventStoreError extends Error {
  override readonly name = 'EventStoreError';
  readonly code: EventStoreErrorCode;

  constructor(code: EventStoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
