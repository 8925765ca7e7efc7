// Streams that decide who may do what are sealed: each event has a tag under the root key over itself, its place and the tag before it.
import type { Revision } from '#kernel';
import { type Bookmark, type EventStore, EventStoreError, type NewEvent, type RecordedEvent } from './event-store.ts';

/** How far a sealed stream goes: the revision of its last event, and that event's tag. */
export interface Reached {
  readonly revision: Revision;
  readonly tag: string;
}

/**
 * Vouches for a stream that decides who may do what: nobody who can write the log's file alone can change, reorder, repeat or cut it
 * unnoticed (ADR 0019). Tags are bookmarks, stored in the append of their events.
 */
export interface StreamSeal {
  /** Of an event at its place, after one with the tag `previous`; empty before the first. */
  tag(event: NewEvent, place: Pick<RecordedEvent, 'stream' | 'revision'>, previous: string): string;
  /** The furthest that the stream was seen to go, kept where a writer of the log cannot reach it. */
  reached(stream: string): Reached | undefined;
  reach(stream: string, reached: Reached): void;
}

const NOTHING: Reached = { revision: -1, tag: '' };
const DIGITS = 10;

/** The tags of one stream, as far as it has been read. */
export class StreamChain {
  readonly #store: Pick<EventStore, 'bookmarks'>;
  readonly #stream: string;
  readonly #seal: StreamSeal;
  /** When this began: read before the stream, which another process may lengthen at any time. */
  readonly #before: Reached;
  #last = NOTHING;

  constructor(store: Pick<EventStore, 'bookmarks'>, stream: string, seal: StreamSeal) {
    this.#store = store;
    this.#stream = stream;
    this.#seal = seal;
    this.#before = seal.reached(stream) ?? NOTHING;
  }

  /** For events about to be appended after the last one read. */
  tagsOf(events: readonly NewEvent[]): readonly Bookmark[] {
    let { revision, tag } = this.#last;
    return events.map((event) => {
      tag = this.#seal.tag(event, { stream: this.#stream, revision: ++revision }, tag);
      return { name: this.#nameOf(revision), value: tag, expected: null };
    });
  }

  /** Takes in the next events of the stream. Rejects with `corrupt`, nothing taken in, where one is not what was recorded there. */
  async follow(events: readonly RecordedEvent[]): Promise<void> {
    if (events.length === 0) return;
    const tags = await this.#store.bookmarks(this.#nameOf());
    const reached = this.#seal.reached(this.#stream) ?? NOTHING;
    let last = this.#last;
    for (const event of events) {
      const next = { revision: last.revision + 1, tag: this.#seal.tag(event, event, last.tag) };
      const known = [tags.get(this.#nameOf(next.revision)), ...(next.revision === reached.revision ? [reached.tag] : [])];
      if (event.revision !== next.revision || known.some((tag) => tag !== next.tag)) throw this.#altered(next.revision);
      last = next;
    }
    if (last.revision > reached.revision) this.#seal.reach(this.#stream, last);
    this.#last = last;
  }

  /** Throws `corrupt` where the stream once went further than it does. */
  mustBeWhole(): void {
    if (this.#before.revision <= this.#last.revision) return;
    const ends = this.#last.revision < 0 ? 'has no event' : `ends at revision ${this.#last.revision}`;
    throw corrupt(`The stream ${this.#stream} ${ends}, and revision ${this.#before.revision} was recorded: its end was cut off.`);
  }

  #altered(revision: Revision): EventStoreError {
    return corrupt(`Revision ${revision} of the stream ${this.#stream} is not what this broker recorded there.`);
  }

  #nameOf(revision?: Revision): string {
    return `seal/${this.#stream}/${revision === undefined ? '' : String(revision).padStart(DIGITS, '0')}`;
  }
}

const corrupt = (what: string): EventStoreError =>
  new EventStoreError('corrupt', `${what} Stop the broker and restore the whole data directory from a backup.`);
