// One small stream held as folded state: registers of agencies and of protocols, read whole at the start and kept current.
import { type Decision, err, ok, type Position, type Result, type Revision } from '#kernel';
import { type EventStore, EventStoreError, type NewEvent, type RecordedEvent } from './event-store.ts';

const ATTEMPTS = 10;

export interface StreamFold<State> {
  readonly initial: State;
  readonly evolve: (state: State, event: RecordedEvent) => State;
}

export class StreamState<State> {
  readonly #store: EventStore;
  readonly #stream: string;
  readonly #evolve: StreamFold<State>['evolve'];
  #state: State;
  #revision: Revision = -1;
  #refreshing: Promise<void> | undefined;

  private constructor(store: EventStore, stream: string, { initial, evolve }: StreamFold<State>) {
    this.#store = store;
    this.#stream = stream;
    this.#evolve = evolve;
    this.#state = initial;
  }

  static async open<State>(store: EventStore, stream: string, fold: StreamFold<State>): Promise<StreamState<State>> {
    const held = new StreamState(store, stream, fold);
    await held.refresh();
    return held;
  }

  get state(): State {
    return this.#state;
  }

  /** Of the last event folded in; −1 where there is none. */
  get revision(): Revision {
    return this.#revision;
  }

  /** Folds in what was appended since, by whichever process. Calls at the same time share one read. */
  async refresh(): Promise<void> {
    this.#refreshing ??= this.#readOn().finally(() => (this.#refreshing = undefined));
    return this.#refreshing;
  }

  async #readOn(): Promise<void> {
    const events = await this.#store.readStream(this.#stream, { from: this.#revision + 1 });
    for (const event of events) {
      this.#state = this.#evolve(this.#state, event);
      this.#revision = event.revision;
    }
  }

  /**
   * Appends what `decide` makes of the present state, and decides anew where another writer was first.
   * Gives the positions of the events, or the rejection. The state holds the change when it resolves.
   */
  async change<Rejection>(decide: (state: State) => Decision<NewEvent, Rejection>): Promise<Result<readonly Position[], Rejection>> {
    for (let attempt = 1; ; attempt++) {
      await this.refresh();
      const decision = decide(this.#state);
      if (!decision.accepted) return err(decision.rejection);
      if (decision.events.length === 0) return ok([]);
      try {
        const expected = this.#revision < 0 ? 'no-stream' : this.#revision;
        const { positions } = await this.#store.append([{ stream: this.#stream, expected, events: decision.events }]);
        await this.refresh();
        return ok(positions);
      } catch (cause) {
        const stale = cause instanceof EventStoreError && cause.code === 'wrong-expected-revision';
        if (!stale || attempt === ATTEMPTS) throw cause;
      }
    }
  }
}
