// The local replica of a log whose truth is a stream of a server (ADR 0030): it serves every read, judges what is asked for, and takes in
// what the stream holds. Nothing stands in it that was not in the stream first.
import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Clock, Position } from '#kernel';
import { whenFree } from '#sqlite';
import { EventStoreError, type RecordedEvent } from '../event-store.ts';
import { AppendIds } from './append-check.ts';
import { followedIn, type FollowedPlace, FollowedTable, type ReplicaOf } from './followed-table.ts';
import { type AskedAppend, GroupJudge, type Judgement } from './group-judge.ts';
import { LocalLog } from './local-log.ts';
import type { LogFile } from './log-file.ts';
import { openLog } from './open-log.ts';
import { failureOf } from './sqlite-failure.ts';

/** Bookmarks that were changed, and how many changes of files beside the log it counts on. */
export interface BesideEvents {
  readonly bookmarks: readonly { readonly name: string; readonly value: string | undefined }[];
  readonly files: ReadonlyMap<string, number>;
  /** The node whose files they are. */
  readonly by?: string;
}

/** An entry of the followed stream: an event, what is kept beside the events, or nothing that counts. */
export interface FollowedEntry extends FollowedPlace {
  readonly event?: RecordedEvent;
  readonly beside?: BesideEvents;
}

/** A replica as it lies on disk: how far it has followed which stream. */
export interface ReplicaFound extends FollowedPlace {
  readonly stream: string;
}

const OVERTAKEN =
  'The files beside log.sqlite went on in another data directory, whose broker has taken over: stop this one, and start it again with none but copies of the files of that directory.';

export class SqliteReplica extends LocalLog {
  readonly #followed: FollowedTable;
  readonly #judge: GroupJudge;
  readonly #ids = new AppendIds();
  /** All processes that share this file are one node. */
  readonly node: string;
  #isGuarded = false;
  #isOvertaken = false;
  readonly #overtaking = new AbortController();

  private constructor(file: LogFile, clock: Clock) {
    super(file, clock);
    if (!file.followed) throw new TypeError('A replica is opened with what it is a replica of.');
    this.#followed = file.followed;
    this.node = file.followed.node;
    this.#judge = new GroupJudge(this.log, file.bookmarks);
  }

  /** Makes it where there is none. Throws as `SqliteEventStore.open` does, and where the file is no replica of this log. */
  static open(file: string, replicaOf: ReplicaOf, clock: Clock): SqliteReplica {
    try {
      return openLog(file, (opened) => new SqliteReplica(opened, clock), replicaOf);
    } catch (cause) {
      throw failureOf(cause);
    }
  }

  /** What lies there: `nothing`, `another` file, or a replica. It is left as it is. */
  static lookInto(file: string): ReplicaFound | 'nothing' | 'another' {
    if (!existsSync(file)) return 'nothing';
    const db = new DatabaseSync(file, { readOnly: true });
    try {
      const stream = followedIn(db);
      if (stream !== undefined) return { stream, ...new FollowedTable(db).place };
      return db.prepare('SELECT 1 FROM sqlite_schema').get() === undefined ? 'nothing' : 'another';
    } catch (cause) {
      throw failureOf(cause);
    } finally {
      db.close();
    }
  }

  /** How far the stream was followed. */
  get place(): FollowedPlace {
    return this.atOnce(() => this.#followed.place);
  }

  get position(): Position {
    return this.log.position;
  }

  /** From now on it is noticed when the files of another node go on. What was followed before, whoever opens the files compares. */
  guardFiles(): void {
    this.#isGuarded = true;
  }

  /** Aborts once the files beside the log went on at another node: those here are not the log's any more. */
  get overtaken(): AbortSignal {
    return this.#overtaking.signal;
  }

  /** Throws `corrupt` where that is so. */
  refuseWhenOvertaken(): void {
    this.#compare();
    if (this.overtaken.aborted) throw new EventStoreError('corrupt', OVERTAKEN);
  }

  /** Judges a group on the log as it stands. Throws `EventStoreError`. */
  async judge(group: readonly AskedAppend[]): Promise<readonly Judgement[]> {
    return this.reading(() => this.log.looking(() => this.#judge.judge(group)));
  }

  /** How many changes of the files beside it the log does not count on yet. */
  uncounted(): ReadonlyMap<string, number> {
    return this.log.companions.unnoted();
  }

  /**
   * Takes in the next entries of the stream in one transaction; what another process has taken in already is passed over. Rejects with
   * `corrupt`, nothing taken in, where they do not follow what the replica holds.
   */
  async take(entries: readonly FollowedEntry[]): Promise<void> {
    const before = this.log.position;
    try {
      await whenFree(() => this.log.transaction(() => this.#takeAll(entries), 0));
    } catch (cause) {
      throw failureOf(cause);
    }
    this.log.companions.noted();
    this.#isOvertaken ||= this.#isGuarded && entries.some(({ beside }) => this.#isAnothers(beside));
    this.#compare();
    if (this.log.position > before) this.wakeups.wakeAll();
  }

  async probe(): Promise<void> {
    await this.reading(() => this.file.probe());
  }

  /** Subscriptions reject with `closed`. */
  async close(): Promise<void> {
    this.closeFile();
  }

  /** A node that keeps no files has none that could be behind. */
  #compare(): void {
    if (this.#isOvertaken && this.log.companions.areAny) this.#overtaking.abort();
  }

  #isAnothers(beside: BesideEvents | undefined): boolean {
    return beside?.by !== undefined && beside.by !== this.node;
  }

  #takeAll(entries: readonly FollowedEntry[]): void {
    const { place } = this.#followed;
    const files = new Map<string, number>();
    const fresh = entries.filter(({ revision }) => revision > place.revision);
    for (const { event, beside, revision } of fresh) {
      if (event) this.#takeEvent(event, revision);
      if (!beside) continue;
      this.file.bookmarks.change(beside.bookmarks);
      for (const [file, changes] of beside.files) files.set(file, Math.max(changes, files.get(file) ?? 0));
    }
    this.log.companions.note(files);
    const last = fresh.at(-1);
    if (last) this.#followed.place = { revision: last.revision, id: last.id };
  }

  #takeEvent(event: RecordedEvent, revision: number): void {
    try {
      this.log.replay(event, this.#ids);
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      const says = `Revision ${revision} of the stream does not follow what log.sqlite holds: ${cause.message}`;
      throw new EventStoreError('corrupt', says, { cause });
    }
  }
}
