// One small stream held as folded state: registers of agencies and of protocols, read whole at the start and kept current.
import { setTimeout as pause } from 'node:timers/promises';
import { backOff, type Decision, err, ok, type Position, type Result, type Revision } from '#kernel';
import { type EventStore, EventStoreError, type EventStoreErrorCode, type NewEvent, type RecordedEvent } from './event-store.ts';
import { StreamChain, type StreamSeal } from './stream-seal.ts';

const ATTEMPTS = 10;

export interface StreamFold<State> {
  readonly initial: State;
  readonly evolve: (state: State, event: RecordedEvent) => State;
  /** Without one the stream is taken as it is. */
  readonly seal?: StreamSeal | undefined;
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

  private constructor(store: EventStore, stream: string, { initial, evolve, seal }: StreamFold<State>) {
    this.#store = store;
    this.#stream = stream;
    this.#evolve = evolve;
    this.#state = initial;
    this.#chain = seal && new StreamChain(store, stream, seal);
  }

  static async open<State>(store: EventStore, stream: string, fold: StreamFold<State>): Promise<StreamState<State>> {
    const held = new StreamState(store, stream, fold);
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
