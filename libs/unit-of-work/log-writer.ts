// Appends drafts in the order in which they were judged, keys first: an event is never on disk before the key that opens it.
import { setTimeout as pause } from 'node:timers/promises';
import { type Bookmark, EventStoreError, type EventStore } from '#event-store';
import { backOff, type Position } from '#kernel';
import type { Vault } from '#privacy';
import type { Draft } from './draft.ts';
import { Rounds } from './missing.ts';

/** Whoever loses so often, a second or so long, is told to come again. */
const ATTEMPTS = 20;

/** By event id. */
export type Positions = ReadonlyMap<string, Position>;

/** What judging came to; `draft` is what has to be on disk before `result` may be told. */
export interface Judged<Result> {
  readonly draft: Draft;
  readonly result: (positions: Positions) => Result;
}

export class LogWriter {
  readonly #store: EventStore;
  readonly #vault: Vault;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(store: EventStore, vault: Vault) {
    this.#store = store;
    this.#vault = vault;
  }

  /**
   * Runs `judge`, which must not wait, until nothing is missing and its draft could be appended as judged; `attempt` grows, from 1 on,
   * when another writer was first. Resolves when the draft is durable. Rejects as `append` does.
   */
  async write<Result>(judge: (attempt: number) => Judged<Result>): Promise<Result> {
    const rounds = new Rounds();
    for (let attempt = 1; ;) {
      const { draft, result } = judge(attempt);
      if (!draft.isComplete) {
        await rounds.load(draft.missing);
        continue;
      }
      const positions = await this.append(draft, { attempt });
      if (positions) return result(positions);
      attempt += 1;
    }
  }

  /**
   * To be called in the turn in which it was judged: whoever judges next builds on the draft. Resolves when it is durable, with the
   * positions of its events; undefined: another writer was first, and all is to be looked at and judged again. Rejects with
   * `EventStoreError` where the store is unavailable, others were first time and again, or a bookmark is not what was expected
   * (`wrong-bookmark`).
   */
  async append(draft: Draft, { attempt, bookmarks = [] }: AppendOptions): Promise<Positions | undefined> {
    draft.publish();
    try {
      return await this.#append(draft, bookmarks);
    } catch (cause) {
      draft.withdraw();
      if (!isStale(cause) || attempt >= ATTEMPTS) throw cause;
      // Mostly it is a learner's stream that moved; registers seldom do, and reading them takes time.
      if (attempt > 1) await draft.renew();
    }
    await pause(backOff(attempt, Math.random()));
    return undefined;
  }

  async #append(draft: Draft, changes: readonly Bookmark[]): Promise<Positions> {
    const turn = this.#turn.then(() => this.#vault.durable());
    this.#turn = turn.catch(() => undefined);
    await turn;
    const writes = draft.writes();
    if (writes.length + changes.length === 0) return new Map();
    const { positions, repeated } = await this.#store.append(writes, changes);
    if (repeated) throw new EventStoreError('event-id-reused', 'Another writer recorded these events first.');
    return new Map(writes.flatMap(({ events }) => events).map(({ id }, index) => [id, positions[index] as Position]));
  }
}

export interface AppendOptions {
  /** From 1 on: how often it was judged since another writer was first. */
  readonly attempt: number;
  /** To be changed in the same append. */
  readonly bookmarks?: readonly Bookmark[];
}

/** Another writer was first: judged again on what is so now, it may come out. */
const isStale = (cause: unknown): boolean =>
  cause instanceof EventStoreError && (cause.code === 'wrong-expected-revision' || cause.code === 'event-id-reused');
