// One small stream held as folded state: registers of agencies and of protocols, read whole at the start and kept current.
import { setTimeout as pause } from 'node:timers/promises';
import { backOff, type Decision, err, ok, type Position, type Result, type Revision } from '#kernel';
import {
  type Bookmark,
  type EventStore,
  EventStoreError,
  type EventStoreErrorCode,
  type NewEvent,
  type RecordedEvent,
} from './event-store.ts';

// Streams that decide who may do what are sealed: each event has a tag under the root key over itself, its place and the tag before it.

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
  reached(stream: string): Promise<Reached | undefined>;
  /** Kept when it resolves; it never goes back. */
  reach(stream: string, reached: Reached): Promise<void>;
}

const NOTHING: Reached = { revision: -1, tag: '' };
const DIGITS = 10;

/** The tags of one stream, as far as it has been read. */
class StreamChain {
  readonly #store: Pick<EventStore, 'bookmarks'>;
  readonly #stream: string;
  readonly #seal: StreamSeal;
  /** When this began: read before the stream, which another process may lengthen at any time. */
  readonly #before: Reached;
  #last = NOTHING;

  private constructor(store: Pick<EventStore, 'bookmarks'>, stream: string, { seal, before }: { seal: StreamSeal; before: Reached }) {
    this.#store = store;
    this.#stream = stream;
    this.#seal = seal;
    this.#before = before;
  }

  static async begin(store: Pick<EventStore, 'bookmarks'>, stream: string, seal: StreamSeal): Promise<StreamChain> {
    return new StreamChain(store, stream, { seal, before: (await seal.reached(stream)) ?? NOTHING });
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
    const reached = (await this.#seal.reached(this.#stream)) ?? NOTHING;
    let last = this.#last;
    for (const event of events) {
      const next = { revision: last.revision + 1, tag: this.#seal.tag(event, event, last.tag) };
      const known = [tags.get(this.#nameOf(next.revision)), ...(next.revision === reached.revision ? [reached.tag] : [])];
      if (event.revision !== next.revision || known.some((tag) => tag !== next.tag)) throw this.#altered(next.revision);
      last = next;
    }
    if (last.revision > reached.revision) await this.#seal.reach(this.#stream, last);
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

const ATTEMPTS = 10;

export interface StreamFold<State> {
  readonly initial: State;
  readonly evolve: (state: State, event: RecordedEvent) => State;
  /** Without one the stream is taken as it is. */
  readonly seal?: StreamSeal | undefined;
}

interface ChainedFold<State> extends Omit<StreamFold<State>, 'seal'> {
  readonly chain: StreamChain | undefined;
}

const is = (cause: unknown, code: EventStoreErrorCode): boolean => cause instanceof EventStoreError && cause.code === code;

export class StreamState<State> {
  readonly #store: EventStore;
  readonly #stream: string;
  readonly #evolve: StreamFold<State>['evolve'];
  readonly #chain: StreamChain | undefined;
  #state: State;
  #revision: Revision = -1;
  #reading: Promise<void> = Promise.resolve();
  #changing: Promise<unknown> = Promise.resolve();

  private constructor(store: EventStore, stream: string, { initial, evolve, chain }: ChainedFold<State>) {
    this.#store = store;
    this.#stream = stream;
    this.#evolve = evolve;
    this.#state = initial;
    this.#chain = chain;
  }

  static async open<State>(store: EventStore, stream: string, fold: StreamFold<State>): Promise<StreamState<State>> {
    const chain = fold.seal && (await StreamChain.begin(store, stream, fold.seal));
    const held = new StreamState(store, stream, { ...fold, chain });
    await held.refresh();
    held.#chain?.mustBeWhole();
    return held;
  }

  get state(): State {
    return this.#state;
  }

  /** Of the last event folded in; −1 where there is none. */
  get revision(): Revision {
    return this.#revision;
  }

  /** Folds in all that was appended before the call, by whichever process. */
  refresh(): Promise<void> {
    // One after the other: a read under way may have begun before what this caller wants to see.
    this.#reading = this.#reading.catch(() => undefined).then(() => this.#readOn());
    return this.#reading;
  }

  async #readOn(): Promise<void> {
    const events = await this.#store.readStream(this.#stream, { from: this.#revision + 1 });
    await this.#chain?.follow(events);
    for (const event of events) {
      this.#state = this.#evolve(this.#state, event);
      this.#revision = event.revision;
    }
  }

  /**
   * Appends what `decide` makes of the present state, and decides anew where another writer was first.
   * Gives the positions of the events, or the rejection. The state holds the change when it resolves. Rejects with
   * `wrong-expected-revision` where others were first too often.
   */
  change<Rejection>(decide: (state: State) => Decision<NewEvent, Rejection>): Promise<Result<readonly Position[], Rejection>> {
    // Changes through this object would only refuse each other.
    const changing = this.#changing.catch(() => undefined).then(() => this.#decideAnew(decide));
    this.#changing = changing;
    return changing;
  }

  async #decideAnew<Rejection>(decide: (state: State) => Decision<NewEvent, Rejection>): Promise<Result<readonly Position[], Rejection>> {
    for (let attempt = 1; ; attempt++) {
      await this.refresh();
      const decision = decide(this.#state);
      if (!decision.accepted) return err(decision.rejection);
      try {
        return ok(await this.#append(decision.events));
      } catch (cause) {
        if (!is(cause, 'wrong-expected-revision') || attempt === ATTEMPTS) throw cause;
      }
      await pause(backOff(attempt, Math.random()));
    }
  }

  async #append(events: readonly NewEvent[]): Promise<readonly Position[]> {
    if (events.length === 0) return [];
    const expected = this.#revision < 0 ? 'no-stream' : this.#revision;
    const { positions } = await this.#store.append([{ stream: this.#stream, expected, events }], this.#chain?.tagsOf(events));
    await this.refresh();
    return positions;
  }
}
