// Appends drafts in the order in which they were judged, keys first: an event is never on disk before the key that opens it.
import { setTimeout as pause } from 'node:timers/promises';
import { EventStoreError, type EventStore } from '#event-store';
import { backOff, type Position } from '#kernel';
import { type Keys, type Vault, withKeys } from '#privacy';
import { type BookmarkToWrite, type Draft, namesIn, type PlainAppend, sealedAppend } from './draft.ts';
import { type Missing, Rounds } from './stream-cache.ts';

/** Whoever loses so often, a second or so long, is told to come again. */
const ATTEMPTS = 20;

/** By event id. */
export type Positions = ReadonlyMap<string, Position>;

/** One thing that is decided on what is in memory. */
export interface UnitOfWork<Judgement> {
  /** What will be looked at and is not in memory, as far as it can be told now: loaded, it may name more. Never waits. */
  readonly look: () => readonly Missing[];
  /** Never waits, and changes nothing but the draft: that has to be on disk before anything is told of what it came to. */
  readonly judge: () => Judgement;
}

/** What judging came to, on disk. */
export interface Written<Judgement> {
  readonly judged: Judgement;
  readonly positions: Positions;
}

export class LogWriter {
  readonly #store: EventStore;
  readonly #vault: Vault;
  /** Of the last append: it is sealed; and its keys are kept. */
  #sealed: Promise<unknown> = Promise.resolve();
  #kept: Promise<unknown> = Promise.resolve();

  constructor(store: EventStore, vault: Vault) {
    this.#store = store;
    this.#vault = vault;
  }

  /**
   * Looks, judges and appends: again where something was missing nevertheless, or another writer was first. Resolves when the draft is
   * durable. Rejects as `append` does.
   */
  async write<Judgement extends { readonly draft: Draft }>({ look, judge }: UnitOfWork<Judgement>): Promise<Written<Judgement>> {
    const rounds = new Rounds();
    for (let attempt = 1; ;) {
      await rounds.look(look);
      const judged = judge();
      if (!judged.draft.isComplete) {
        await rounds.load(judged.draft.missing);
        continue;
      }
      const positions = await this.append(judged.draft, { attempt });
      if (positions) return { judged, positions };
      attempt += 1;
    }
  }

  /**
   * To be called in the turn in which it was judged: whoever judges next builds on the draft, whose events are sealed for their places once
   * their keys are loaded. Resolves when it is durable, with the positions of its events; undefined: another writer was first, and all is
   * to be looked at and judged again. Rejects with `EventStoreError` where the store is unavailable, others were first time and again, or a
   * bookmark is not what was expected (`wrong-bookmark`); with `VaultError` where nothing can be sealed now.
   */
  async append(draft: Draft, { attempt, bookmarks = [] }: AppendOptions): Promise<Positions | undefined> {
    const plain = { writes: draft.writes(), bookmarks };
    draft.publish();
    try {
      return await this.#append(plain);
    } catch (cause) {
      draft.withdraw();
      if (!isStale(cause) || attempt >= ATTEMPTS) throw cause;
      // Mostly it is a learner's stream that moved; registers seldom do, and reading them takes time.
      if (attempt > 1) await draft.renew();
    }
    await pause(backOff(attempt, Math.random()));
    return undefined;
  }

  async #append(plain: PlainAppend): Promise<Positions> {
    const { writes, bookmarks } = await this.#inTurn(plain);
    if (writes.length + bookmarks.length === 0) return new Map();
    const { positions, repeated } = await this.#store.append(writes, bookmarks);
    if (repeated) throw new EventStoreError('event-id-reused', 'Another writer recorded these events first.');
    return new Map(writes.flatMap(({ events }) => events).map(({ id }, index) => [id, positions[index] as Position]));
  }

  /**
   * Two chains, each in the order of judging: all that is judged together is sealed before the first of it waits for its keys to be kept,
   * which are so in one write. Where one cannot be sealed those behind it go on: what counts on it the store refuses.
   */
  async #inTurn(plain: PlainAppend): Promise<ReturnType<typeof sealedAppend>> {
    const names = namesIn(plain);
    let loading: Promise<Keys> | undefined = this.#vault.load(names);
    loading.catch(() => undefined); // it is heard of in its turn
    const load = (): Promise<Keys> => {
      const keys = loading ?? this.#vault.load(names);
      loading = undefined;
      return keys;
    };
    const sealed = this.#sealed.then(() => withKeys(load, (keys) => sealedAppend(keys, plain)));
    this.#sealed = sealed.catch(() => undefined);
    const kept = this.#keepAfter(this.#kept, sealed);
    this.#kept = kept.catch(() => undefined);
    return await kept;
  }

  async #keepAfter<Sealed>(before: Promise<unknown>, sealing: Promise<Sealed>): Promise<Sealed> {
    const sealed = await sealing;
    await before;
    await this.#vault.durable();
    return sealed;
  }
}

export interface AppendOptions {
  /** From 1 on: how often it was judged since another writer was first. */
  readonly attempt: number;
  /** To be changed in the same append. */
  readonly bookmarks?: readonly BookmarkToWrite[];
}

/** Another writer was first: judged again on what is so now, it may come out. */
const isStale = (cause: unknown): boolean =>
  cause instanceof EventStoreError && (cause.code === 'wrong-expected-revision' || cause.code === 'event-id-reused');
