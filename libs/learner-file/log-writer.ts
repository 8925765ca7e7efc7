// Appends drafts in the order in which they were judged, keys first: an event is never on disk before the key that opens it.
import { setTimeout as pause } from 'node:timers/promises';
import { type Bookmark, EventStoreError, type EventStore } from '#event-store';
import { backOff, type Position } from '#kernel';
import type { Vault } from '#privacy';
import type { Draft } from './draft.ts';
import { withAllLoaded } from './loading.ts';

/** Whoever loses so often, a second or so long, is told to come again. */
const ATTEMPTS = 20;

/** What judging came to; `draft` is what has to be on disk before `result` may be told. */
export interface Judged<Result> {
  readonly draft: Draft;
  /** To be changed in the same append. Asked once judging has come out, before keys go to disk: it may seal what it keeps. */
  readonly bookmarks?: () => readonly Bookmark[];
  readonly result: (positions: ReadonlyMap<string, Position>) => Result;
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
   * Runs `judge`, which must not wait, until it has all that it needs in memory and its draft could be appended as judged; `attempt`
   * grows, from 1 on, when another writer was first. Resolves when the draft is durable. Rejects with `EventStoreError` where the store is
   * unavailable, others were first time and again, or a bookmark is not what was expected (`wrong-bookmark`).
   */
  async write<Result>(judge: (attempt: number) => Judged<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt++) {
      const judged = await withAllLoaded(() => published(judge(attempt)));
      try {
        return judged.result(await this.#append(judged));
      } catch (cause) {
        judged.draft.withdraw();
        if (!isStale(cause) || attempt === ATTEMPTS) throw cause;
        // Mostly it is a learner's stream that moved; registers seldom do, and reading them takes time.
        if (attempt > 1) await judged.draft.renew();
      }
      await pause(backOff(attempt, Math.random()));
    }
  }

  /** Positions by event id. */
  async #append({ draft, bookmarks = nothing }: Judged<unknown>): Promise<ReadonlyMap<string, Position>> {
    const changes = bookmarks();
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

/** Judgements that follow build on it before it is on disk. */
const published = <Result>(judged: Judged<Result>): Judged<Result> => {
  judged.draft.publish();
  return judged;
};

const nothing = (): readonly Bookmark[] => [];

/** Another writer was first: judged again on what is so now, it may come out. */
const isStale = (cause: unknown): boolean =>
  cause instanceof EventStoreError && (cause.code === 'wrong-expected-revision' || cause.code === 'event-id-reused');
