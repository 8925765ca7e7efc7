// Sends appends to the stream's end until it is known what became of them. An answer that was lost is settled by the ids in the stream.
import { setTimeout as pause } from 'node:timers/promises';
import { backOff } from '#kernel';
import { EventStoreError } from '../event-store.ts';
import type { FollowedPlace } from '../sqlite/index.ts';
import type { Follower, Watch } from './follower.ts';
import { failureOf, RemoteFailure } from './remote-failure.ts';
import type { Proposed } from './remote-form.ts';
import type { RemoteStream } from './remote-stream.ts';

/** Attempts after which pauses grow no more. */
const LONGEST_AFTER = 8;

/** `again`: the stream is elsewhere by now, and met as far as it goes; nothing was stored, and what was judged is to be judged anew. */
export type Outcome = 'stored' | 'again';

export interface AppendTerms {
  readonly remote: RemoteStream;
  readonly follower: Follower;
  /** Milliseconds within which it is tried to learn what became of an append. */
  readonly settlingMs: number;
}

export class RemoteAppend {
  readonly #terms: AppendTerms;

  constructor(terms: AppendTerms) {
    this.#terms = terms;
  }

  /**
   * Appends one after the other, each directly after the one before. When it resolves with `stored`, the replica holds them. Rejects with
   * `RemoteFailure`: `unsent`, `refused` and `too-large` where nothing is stored, `unknown` where that is not certain.
   */
  async send(appends: readonly (readonly Proposed[])[], end: FollowedPlace): Promise<Outcome> {
    if (this.#terms.follower.end.revision !== end.revision) return 'again';
    let expected = end.revision;
    for (const entries of appends) {
      if ((await this.#sendOne(entries, expected)) === 'again') return 'again';
      expected += entries.length;
    }
    return 'stored';
  }

  async #sendOne(entries: readonly Proposed[], expected: number): Promise<Outcome> {
    const watch = this.#terms.follower.watch(expected + 1);
    try {
      return await this.#until(entries, expected, watch);
    } finally {
      this.#terms.follower.unwatch(watch);
    }
  }

  async #until(entries: readonly Proposed[], expected: number, watch: Watch): Promise<Outcome> {
    const until = performance.now() + this.#terms.settlingMs;
    let wasSent = false;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#attempt(entries, expected, watch);
      } catch (cause) {
        const failure = this.#judged(cause, wasSent, performance.now() < until);
        wasSent ||= failure.trouble === 'unknown';
      }
      await pause(backOff(Math.min(attempt, LONGEST_AFTER), Math.random()));
    }
  }

  /** Whether it is tried again; throws where not. */
  #judged(cause: unknown, wasSent: boolean, patient: boolean): RemoteFailure {
    if (!(cause instanceof RemoteFailure)) throw cause;
    const { trouble } = cause;
    if (trouble === 'unknown' && patient) return cause;
    if (!wasSent) throw cause;
    if ((trouble === 'unsent' || trouble === 'elsewhere') && patient) return cause;
    throw new RemoteFailure('unknown', cause.message, { cause });
  }

  async #attempt(entries: readonly Proposed[], expected: number, watch: Watch): Promise<Outcome> {
    const failure = watch.id === undefined ? await this.#failing(entries, expected) : undefined;
    if (failure) await this.#lookFor(failure, watch);
    if (watch.id !== undefined && watch.id !== entries[0]?.id) return 'again';
    await this.#meet(entries, expected);
    return 'stored';
  }

  async #failing(entries: readonly Proposed[], expected: number): Promise<RemoteFailure | undefined> {
    return this.#terms.remote.append(entries, expected).then(() => undefined, failureOf);
  }

  /** What came to stand where the append was to stand. Throws the failure where that is not known. */
  async #lookFor(failure: RemoteFailure, watch: Watch): Promise<void> {
    const { follower } = this.#terms;
    if (failure.trouble !== 'elsewhere' && failure.trouble !== 'unknown') throw failure;
    await follower.catchUp().catch((cause: unknown) => {
      if (!(cause instanceof RemoteFailure)) throw cause;
      if (failure.trouble === 'elsewhere') throw new RemoteFailure('unsent', cause.message, { cause });
    });
    if (watch.id === undefined) throw failure;
  }

  /** The server has it; a part of it may have been followed already. */
  async #meet(entries: readonly Proposed[], expected: number): Promise<void> {
    const met = entries.map((entry, n) => ({ ...entry, revision: expected + 1 + n }));
    await this.#terms.follower.meet(met).catch((cause: unknown) => {
      throw new EventStoreError('uncertain', 'It is stored, and cannot be read here yet: append the same again, and it is stored once.', {
        cause,
      });
    });
  }
}
