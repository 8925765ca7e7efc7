// Folded streams in memory, so that a decision needs no read: each is loaded once and moved on by every append of this process.
import type { EventStore, RecordedEvent } from '#event-store';
import type { Revision } from '#kernel';
import { type Held, HeldStreams } from './held-streams.ts';
import type { Missing } from './missing.ts';
import type { Packing } from './packed-state.ts';

/** No event yet. */
export const NO_STREAM: Revision = -1;

export interface Fold<State> {
  readonly initial: (stream: string) => State;
  readonly evolve: (state: State, event: RecordedEvent) => State;
  /** True where the last event alone says all. */
  readonly lastOnly?: boolean;
  /** How states that nobody asks for just now are kept small. */
  readonly packing?: Packing<Held<State>>;
}

/**
 * What is held may run ahead of the disk, by appends under way, or behind another process: an append that relies on it
 * names the revision it expects, and whoever is refused drops what he relied on and looks again.
 */
export class StreamCache<State> {
  readonly #store: EventStore;
  readonly #fold: Fold<State>;
  readonly #held: HeldStreams<State>;
  readonly #loading = new Map<string, Promise<Held<State>>>();

  constructor(store: EventStore, max: number, fold: Fold<State>) {
    this.#store = store;
    this.#fold = fold;
    this.#held = new HeldStreams(max, fold.packing);
  }

  peek(stream: string): Held<State> | undefined {
    return this.#held.get(stream);
  }

  /** Nothing, where it is in memory. */
  missing(stream: string): readonly Missing[] {
    return this.#held.has(stream) ? [] : [{ from: this, name: stream }];
  }

  /** Before its first event. */
  empty(stream: string): Held<State> {
    return { state: this.#fold.initial(stream), revision: NO_STREAM };
  }

  /** Loads share one read; what an append puts meanwhile wins over what was read. */
  async load(stream: string): Promise<Held<State>> {
    const held = this.#held.get(stream);
    if (held) return held;
    const inFlight = this.#loading.get(stream);
    if (inFlight) return inFlight;
    const loading = this.#read(stream).finally(() => this.#loading.delete(stream));
    this.#loading.set(stream, loading);
    return loading;
  }

  async #read(stream: string): Promise<Held<State>> {
    const events = await this.#store.readStream(stream, this.#fold.lastOnly ? { direction: 'backwards', limit: 1 } : {});
    const state = events.reduce(this.#fold.evolve, this.#fold.initial(stream));
    const read = { state, revision: events.at(-1)?.revision ?? NO_STREAM };
    const put = this.#held.get(stream);
    if (put && put.revision >= read.revision) return put;
    this.#held.set(stream, read);
    return read;
  }

  put(stream: string, held: Held<State>): void {
    this.#held.set(stream, held);
  }

  drop(stream: string): void {
    this.#held.delete(stream);
  }

  clear(): void {
    this.#held.clear();
  }

  /** Another process appended up to this revision: what is held from before it is stale. */
  outdate(stream: string, revision: Revision): void {
    const held = this.#held.get(stream);
    if (held && held.revision < revision) this.#held.delete(stream);
  }
}
