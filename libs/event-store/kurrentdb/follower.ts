// Follows the stream into the replica: what others append as it comes, and what this node appended. Each entry is met once, in its order,
// and is checked against the one before it.
import { setTimeout as pause } from 'node:timers/promises';
import { EventStoreError } from '../event-store.ts';
import type { FollowedPlace, SqliteReplica } from '../sqlite/index.ts';
import { RemoteFailure } from './remote-failure.ts';
import type { RemoteEntry } from './remote-form.ts';
import type { RemoteStream } from './remote-stream.ts';
import { sorted } from './write-sets.ts';

const PAGE = 1000;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2000;

/** For one who waits to learn what came to stand at a revision. */
export interface Watch {
  readonly revision: number;
  /** Undefined: nothing yet. */
  id: string | undefined;
}

const restore = 'stop every broker on it and restore the server and the data directories from one backup, or the newer of them alone';

export class Follower {
  readonly #remote: RemoteStream;
  readonly #replica: SqliteReplica;
  readonly #watches = new Set<Watch>();
  #end: FollowedPlace;
  #open: readonly RemoteEntry[] = [];
  #meeting: Promise<unknown> = Promise.resolve();
  #fault: EventStoreError | undefined;
  #isFollowing = false;

  constructor(remote: RemoteStream, replica: SqliteReplica) {
    this.#remote = remote;
    this.#replica = replica;
    this.#end = replica.place;
  }

  /** The last entry of the stream that was met. */
  get end(): FollowedPlace {
    return this.#end;
  }

  /** Why the stream cannot be followed any further, until somebody sees to it. */
  get fault(): EventStoreError | undefined {
    return this.#fault;
  }

  /**
   * Resolves where the server answers: while the subscription stands, or else by asking it. Rejects with `RemoteFailure` (`unsent`) where
   * it does not, so that nothing is sent on a way that is known to be broken, and as `catchUp` does.
   */
  async inReach(): Promise<void> {
    if (this.#isFollowing) return;
    await this.catchUp().catch((cause: unknown) => {
      if (!(cause instanceof RemoteFailure) || cause.trouble === 'refused') throw cause;
      throw new RemoteFailure('unsent', cause.message, { cause });
    });
  }

  watch(revision: number): Watch {
    const watch: Watch = { revision, id: undefined };
    this.#watches.add(watch);
    return watch;
  }

  unwatch(watch: Watch): void {
    this.#watches.delete(watch);
  }

  /**
   * Takes in these entries, unless they were met already. Rejects with `corrupt` where they do not follow what was met, and as the replica
   * does where it cannot take them.
   */
  meet(entries: readonly RemoteEntry[]): Promise<void> {
    const meeting = this.#meeting.then(() => this.#meet(entries));
    this.#meeting = meeting.catch(() => undefined);
    return meeting;
  }

  /** Resolves when all is met that the stream held at the call. Rejects with `RemoteFailure`, or as `meet` does. */
  async catchUp(): Promise<void> {
    try {
      await this.#readOn();
      this.#fault = undefined;
    } catch (cause) {
      throw this.#noted(cause);
    }
  }

  /** Until the signal aborts, through every failure. */
  async run(signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted; failures++) {
      try {
        await this.catchUp();
        failures = 0;
        this.#isFollowing = true;
        await this.#follow(signal);
      } catch (cause) {
        this.#noted(cause);
      } finally {
        this.#isFollowing = false;
      }
      const ms = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures) * (0.5 + Math.random() / 2);
      await pause(ms, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const ending = new AbortController();
    const failed = Promise.withResolvers<never>();
    failed.promise.catch(() => undefined);
    let waiting: RemoteEntry[] = [];
    const take = (): void => {
      const entries = waiting;
      waiting = [];
      this.meet(entries).catch((cause: unknown) => {
        failed.reject(cause);
        ending.abort();
      });
    };
    for await (const entry of this.#remote.follow(this.#end.revision, AbortSignal.any([signal, ending.signal]))) {
      if (waiting.push(entry) === 1) setImmediate(take);
    }
    if (ending.signal.aborted) await failed.promise;
  }

  /** Begins with the last entry that was met: where that is gone or another one, the stream is not what it was. */
  async #readOn(): Promise<void> {
    for (let from = this.#end; ; from = this.#end) {
      const page = await this.#pageFrom(from);
      await this.meet(page.slice(1));
      if (page.length <= PAGE) return;
    }
  }

  async #pageFrom({ revision, id }: FollowedPlace): Promise<readonly RemoteEntry[]> {
    const page = await this.#remote.read(revision, PAGE + 1).catch((cause: unknown) => {
      if (cause instanceof RemoteFailure && cause.trouble === 'missing') return [];
      throw cause;
    });
    const [first] = page;
    if (first?.revision === revision && first.id === id) return page;
    throw await this.#changed(revision, first);
  }

  async #changed(revision: number, first: RemoteEntry | undefined): Promise<EventStoreError> {
    const stream = `The stream ${this.#remote.name}`;
    if (first)
      return lost(
        first.revision > revision ? `${stream} was truncated after log.sqlite saw it` : `${stream} holds another history than log.sqlite`,
      );
    const last = await this.#remote.last().catch(() => undefined);
    const ends = last ? `ends at revision ${last.revision}` : 'is gone';
    return lost(`${stream} ${ends}, and log.sqlite has followed it to revision ${revision}: the server holds an older copy`);
  }

  async #meet(entries: readonly RemoteEntry[]): Promise<void> {
    const fresh = entries.filter(({ revision }) => revision > this.#end.revision);
    let end = this.#end;
    for (const entry of fresh) end = this.#next(end, entry);
    const { settled, open } = sorted(this.#open, fresh);
    if (settled.length > 0) await this.#replica.take(settled);
    this.#open = open;
    this.#end = { revision: end.revision, id: end.id };
    for (const watch of this.#watches) watch.id ??= fresh.find(({ revision }) => revision === watch.revision)?.id;
  }

  /** The entry, where it follows the one before it. */
  #next(end: FollowedPlace, entry: RemoteEntry): RemoteEntry {
    const { revision, after = end.id, begun } = entry;
    if (revision !== end.revision + 1) throw lost(`Revision ${end.revision + 1} of the stream ${this.#remote.name} is gone`);
    if (begun === undefined && after === end.id) return entry;
    throw lost(`Revision ${revision} of the stream ${this.#remote.name} follows another history than log.sqlite`);
  }

  #noted(cause: unknown): unknown {
    if (cause instanceof EventStoreError && cause.code === 'corrupt') this.#fault = cause;
    return cause;
  }
}

const lost = (what: string): EventStoreError => new EventStoreError('corrupt', `${what}: ${restore}.`);
