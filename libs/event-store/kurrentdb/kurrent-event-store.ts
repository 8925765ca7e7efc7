// The log in KurrentDB (or EventStoreDB since 20.10): one stream, written at its end by whoever has read it to its end, and a local replica
// that serves every read (ADR 0030).
import type { LogMark, LogWitness } from '#custody';
import { type Clock, type Position, systemClock } from '#kernel';
import type { Appended, Bookmark, EventStore, Integrity, StreamWrite } from '../event-store.ts';
import { EventStoreError, type ReadAllOptions, type ReadStreamOptions, type RecordedEvent, type SubscribeOptions } from '../event-store.ts';
import { SqliteReplica } from '../sqlite/index.ts';
import { RemoteAppendQueue } from './append-queue.ts';
import { answered, beginningOf } from './beginning.ts';
import { connectionOf } from '../connection-string.ts';
import { Follower } from './follower.ts';
import { RemoteAppend } from './remote-append.ts';
import { failureOf } from './remote-failure.ts';
import { RemoteStream } from './remote-stream.ts';
import { verifySample, verifyWhole } from './verification.ts';

export interface KurrentEventStoreOptions {
  /** Path of the replica; made, readable by its owner alone, where there is none. */
  readonly file: string;
  /** Connection string: `esdb://` or `kurrentdb://`. */
  readonly url: string;
  /** The stream that holds the log, and nothing else. */
  readonly stream: string;
  readonly clock?: Clock;
  readonly patience?: Partial<RemotePatience>;
}

/** In milliseconds. */
export interface RemotePatience {
  /** For the server when it is opened. */
  readonly opening: number;
  /** For one answer. */
  readonly answer: number;
  /** For the server while it cannot be reached, before an append is refused. */
  readonly away: number;
  /** To learn what became of an append without an answer. */
  readonly settling: number;
}

const PATIENCE: RemotePatience = { opening: 10_000, answer: 5000, away: 3000, settling: 8000 };

const closed = (): EventStoreError => new EventStoreError('closed', 'The log is closed.');

export class KurrentEventStore implements EventStore, LogWitness {
  readonly #remote: RemoteStream;
  readonly #replica: SqliteReplica;
  readonly #follower: Follower;
  readonly #queue: RemoteAppendQueue;
  readonly #patience: RemotePatience;
  readonly #ending = new AbortController();
  readonly #following: Promise<void>;
  #closing: Promise<void> | undefined;

  private constructor(remote: RemoteStream, replica: SqliteReplica, follower: Follower, patience: RemotePatience) {
    this.#remote = remote;
    this.#replica = replica;
    this.#follower = follower;
    this.#patience = patience;
    const append = new RemoteAppend({ remote, follower, settlingMs: patience.settling });
    this.#queue = new RemoteAppendQueue({ replica, follower, append, patienceMs: patience.away });
    this.#following = follower.run(this.#ending.signal);
  }

  /**
   * Resolves once the replica is verified and holds all that the stream holds. Rejects with `EventStoreError`: `unavailable` where the
   * server does not answer or is not trusted, or the file is no replica of this log; `corrupt` where stream and replica differ, or the
   * stream is no whole log.
   * Throws `RangeError` where the URL is none.
   */
  static async open({ file, url, stream, clock = systemClock, patience: given }: KurrentEventStoreOptions): Promise<KurrentEventStore> {
    const patience = { ...PATIENCE, ...given };
    const remote = new RemoteStream({ connection: connectionOf(url), stream, answerMs: patience.answer });
    try {
      const log = await answered(() => beginningOf(remote, file), patience.opening);
      const replica = SqliteReplica.open(file, log, clock);
      try {
        const follower = new Follower(remote, replica);
        await answered(() => follower.catchUp(), patience.opening);
        await answered(() => verifySample(remote, replica), patience.opening);
        replica.guardFiles();
        return new KurrentEventStore(remote, replica, follower, patience);
      } catch (cause) {
        await replica.close();
        throw cause;
      }
    } catch (cause) {
      await remote.close();
      throw cause;
    }
  }

  append(writes: readonly StreamWrite[], bookmarks: readonly Bookmark[] = []): Promise<Appended> {
    return this.#closing ? Promise.reject(closed()) : this.#queue.add(writes, bookmarks);
  }

  bookmarks(prefix: string): Promise<ReadonlyMap<string, string>> {
    return this.#replica.bookmarks(prefix);
  }

  readStream(stream: string, options?: ReadStreamOptions): Promise<readonly RecordedEvent[]> {
    return this.#replica.readStream(stream, options);
  }

  readAll(options: ReadAllOptions): Promise<readonly RecordedEvent[]> {
    return this.#replica.readAll(options);
  }

  findByIds(ids: readonly string[]): Promise<ReadonlyMap<string, RecordedEvent>> {
    return this.#replica.findByIds(ids);
  }

  subscribe(options: SubscribeOptions): AsyncIterable<readonly RecordedEvent[]> {
    return this.#replica.subscribe(options);
  }

  head(): Promise<Position> {
    return this.#replica.head();
  }

  readLeaves(after: Position, limit: number): Promise<readonly Uint8Array[]> {
    return this.#replica.readLeaves(after, limit);
  }

  /** The replica by itself, and event by event against the stream. */
  async integrity(): Promise<Integrity> {
    const found = await this.#replica.integrity();
    await answered(() => verifyWhole(this.#remote, this.#replica), this.#patience.opening);
    return found;
  }

  /** Resolves where the leader answers, its stream goes on from what the replica holds, and the replica and the files beside it keep up. */
  async probe(): Promise<void> {
    if (this.#closing) throw closed();
    await this.#replica.probe();
    await this.#follower.catchUp().catch(inOurTerms);
    this.#replica.refuseWhenOvertaken();
  }

  /** Resolves once the replica holds all that the stream held at the call. */
  async catchUp(): Promise<void> {
    await this.#follower.catchUp().catch(inOurTerms);
  }

  /** Aborts once another node has taken over with copies of the files beside the log (ADR 0036): nothing more is stored. */
  get overtaken(): AbortSignal {
    return this.#replica.overtaken;
  }

  mark(): LogMark {
    return this.#replica.mark();
  }

  leafAt(position: Position): string | undefined {
    return this.#replica.leafAt(position);
  }

  countedOn(file: string): number {
    return this.#replica.countedOn(file);
  }

  accompany(file: string, changes: () => number): void {
    this.#replica.accompany(file, changes);
  }

  /** A file is to begin anew: no copy of what it was has as many changes as the log counts on from now on. */
  async outcount(file: string): Promise<void> {
    const changes = this.countedOn(file) + 1;
    this.accompany(file, () => changes);
    await this.append([], [{ name: `renewed/${file}`, value: String(changes) }]);
  }

  /** Has stored what was asked for, as far as the server takes it, and closes. Subscriptions reject with `closed`. */
  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async #close(): Promise<void> {
    await this.#queue.drain();
    this.#ending.abort();
    await this.#remote.close();
    await this.#following;
    await this.#replica.close();
  }
}

const inOurTerms = (cause: unknown): never => {
  if (cause instanceof EventStoreError) throw cause;
  const { message } = failureOf(cause);
  throw new EventStoreError('unavailable', message, { cause });
};
