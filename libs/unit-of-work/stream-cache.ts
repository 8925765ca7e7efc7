// Folded streams in memory, so that a decision needs no read: each is loaded once and moved on by every append of this process.
import { setImmediate as turn } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { InUse, type Revision } from '#kernel';
import type { EventStore, RecordedEvent } from '#event-store';
import { type Keys, keysOf, type LoadsKeys } from '#privacy';
import type { Packing } from './packed-state.ts';
import { PackedTexts, type TakenText } from './packed-texts.ts';

// What judging would look at and is not in memory: told as data, loaded, and then it is judged again.
export interface Missing {
  /** Where it is looked for. */
  readonly from: { load(name: string): Promise<unknown> };
  readonly name: string;
}

/** More than anything that is judged needs; whatever asks for ever more would hold up the broker for good. */
const MOST = 1000;
/** What is found in memory loads without waiting: others get their turn in between. */
const ROUNDS_A_TURN = 10;

/** The rounds of one piece of work: bounded in number, and giving way to others. */
export class Rounds {
  #count = 0;

  /**
   * Loads what `look` names until it names nothing new: loaded, it may name more. What memory has let go of again meanwhile, judging tells.
   * Rejects as `load` does.
   */
  async look(look: () => readonly Missing[]): Promise<void> {
    let missing = look();
    if (missing.length === 0) return;
    for (const loaded = new Set<string>(); missing.length > 0; missing = look().filter(({ name }) => !loaded.has(name))) {
      for (const { name } of missing) loaded.add(name);
      await this.load(missing);
    }
  }

  /** Loads all of it side by side. Rejects as the loads do, and where this was asked too often. */
  async load(missing: readonly Missing[]): Promise<void> {
    if (++this.#count > MOST) throw new Error('What is judged asks for ever more streams.');
    await Promise.all(missing.map(({ from, name }) => from.load(name)));
    if (this.#count % ROUNDS_A_TURN === 0) await turn();
  }
}

/** What `judge`, which never waits, comes to once nothing is missing. */
export const untilComplete = async <Judgement extends { readonly missing: readonly Missing[] }>(
  judge: () => Judgement,
): Promise<Judgement> => {
  const rounds = new Rounds();
  for (;;) {
    const judgement = judge();
    if (judgement.missing.length === 0) return judgement;
    await rounds.load(judgement.missing);
  }
};

// What is held of folded streams: as objects while they are in use, packed when others have been asked for since.

export interface Held<State> {
  readonly state: State;
  /** Of the last event folded in; `NO_STREAM` where there is none. */
  readonly revision: Revision;
}

interface Resting<State> extends Held<State> {
  /** As it was packed before, since it has not changed. */
  readonly packed?: TakenText['place'];
}

/** One in so many is held as objects. */
const IN_USE = 16;
/** Fewer are not worth packing. */
const LEAST = 1000;

export class HeldStreams<State> {
  readonly #inUse: Pick<InUse<string, Resting<State>>, 'has' | 'get' | 'set' | 'delete' | 'clear'>;
  readonly #resting: PackedTexts | undefined;
  readonly #packing: Packing<Held<State>> | undefined;

  /** `max`: so many in all. Without `packing` all stay as they are. */
  constructor(max: number, packing?: Packing<Held<State>>) {
    const inUse = packing ? Math.min(max, Math.max(LEAST, Math.floor(max / IN_USE))) : max;
    this.#packing = packing;
    this.#resting = max > inUse ? new PackedTexts({ most: max }) : undefined;
    this.#inUse = this.#resting
      ? new InUse<string, Resting<State>>({ most: inUse }, (held, stream) => this.#rest(stream, held))
      : new LRUCache<string, Resting<State>>({ max });
  }

  get(stream: string): Held<State> | undefined {
    return this.#inUse.get(stream) ?? this.#wake(stream);
  }

  has(stream: string): boolean {
    return this.#inUse.has(stream) || (this.#resting?.has(stream) ?? false);
  }

  set(stream: string, held: Held<State>): void {
    this.#resting?.delete(stream);
    this.#inUse.set(stream, held);
  }

  delete(stream: string): void {
    this.#inUse.delete(stream);
    this.#resting?.delete(stream);
  }

  clear(): void {
    this.#inUse.clear();
    this.#resting?.clear();
  }

  #rest(stream: string, { state, revision, packed }: Resting<State>): void {
    if (packed !== undefined && this.#resting?.giveBack({ place: packed })) return;
    if (this.#packing) this.#resting?.put(stream, this.#packing.pack({ state, revision }));
  }

  #wake(stream: string): Held<State> | undefined {
    const taken = this.#resting?.take(stream);
    if (taken === undefined || !this.#packing) return undefined;
    const woken = { ...this.#packing.unpack(taken.text, stream), packed: taken.place };
    this.#inUse.set(stream, woken);
    return woken;
  }
}

/** No event yet. */
export const NO_STREAM: Revision = -1;

export interface Fold<State> {
  readonly initial: (stream: string) => State;
  /** Opens what was read with its keys. Absent: where the stream stands is all that is of interest; nothing is folded, nor opened. */
  readonly evolve?: (state: State, event: RecordedEvent, keys: Keys) => State;
  /** Where a state may be made of more streams than its own: which these are, as the own one says, and how all of them are folded. */
  readonly whole?: {
    readonly beside: (stream: string, events: readonly RecordedEvent[]) => readonly string[];
    readonly fold: (stream: string, events: readonly RecordedEvent[], keys: Keys) => State;
  };
  /** How states that nobody asks for just now are kept small. */
  readonly packing?: Packing<Held<State>>;
}

/** What was read to be folded, of the stream and of those beside it, with its keys. */
interface Opened {
  readonly all: readonly RecordedEvent[];
  readonly keys: Keys | undefined;
}

export interface CachedFrom {
  readonly store: Pick<EventStore, 'readStream'>;
  readonly vault: LoadsKeys;
}

/**
 * What is held may run ahead of the disk, by appends under way, or behind another process: an append that relies on it
 * names the revision it expects, and whoever is refused drops what he relied on and looks again.
 */
export class StreamCache<State> {
  readonly #from: CachedFrom;
  readonly #fold: Fold<State>;
  readonly #held: HeldStreams<State>;
  readonly #loading = new Map<string, Promise<Held<State>>>();

  constructor(from: CachedFrom, max: number, fold: Fold<State>) {
    this.#from = from;
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

  /** Loads share one read; what an append puts meanwhile wins over what was read, and what is dropped meanwhile is read anew. */
  async load(stream: string): Promise<Held<State>> {
    const held = this.#held.get(stream);
    if (held) return held;
    const inFlight = this.#loading.get(stream);
    if (inFlight) return inFlight;
    const loading: Promise<Held<State>> = this.#read(stream, () => this.#loading.get(stream) === loading).finally(() => {
      if (this.#loading.get(stream) === loading) this.#loading.delete(stream);
    });
    this.#loading.set(stream, loading);
    return loading;
  }

  /** What was dropped before it was folded must not be held: keys that opened it may be gone. */
  async #read(stream: string, isWanted: () => boolean): Promise<Held<State>> {
    const events = await this.#from.store.readStream(stream, this.#isFolded ? {} : { direction: 'backwards', limit: 1 });
    const all = await this.#withBeside(stream, events);
    const keys = this.#isFolded && all.length > 0 ? await keysOf(this.#from.vault, all) : undefined;
    return isWanted() ? this.#folded(stream, events, { all, keys }) : this.load(stream);
  }

  get #isFolded(): boolean {
    return this.#fold.evolve !== undefined || this.#fold.whole !== undefined;
  }

  async #withBeside(stream: string, events: readonly RecordedEvent[]): Promise<readonly RecordedEvent[]> {
    const others = this.#fold.whole?.beside(stream, events) ?? [];
    if (others.length === 0) return events;
    const beside = await Promise.all(others.map((other) => this.#from.store.readStream(other)));
    return [...events, ...beside.flat()];
  }

  /** In the turn in which it was opened. */
  #folded(stream: string, events: readonly RecordedEvent[], { all, keys }: Opened): Held<State> {
    const { evolve, whole, initial } = this.#fold;
    const alone = (opening: Keys): State => events.reduce((before, event) => evolve?.(before, event, opening) ?? before, initial(stream));
    const state = keys ? (whole ? whole.fold(stream, all, keys) : alone(keys)) : initial(stream);
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
    this.#loading.delete(stream);
  }

  clear(): void {
    this.#held.clear();
    this.#loading.clear();
  }

  /** Another process appended up to this revision: what is held from before it is stale. */
  outdate(stream: string, revision: Revision): void {
    const held = this.#held.get(stream);
    if (held && held.revision < revision) this.#held.delete(stream);
  }
}
