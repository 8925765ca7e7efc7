// The SQLite file of the log: blocks of records, the directory that tells what is in them, bookmarks, and what it has to do with the files
// beside it.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Position } from '#kernel';
import { failureOfCommit, probeWriting, ShortWal } from '#sqlite';
import { type Bookmark, EventStoreError } from '../event-store.ts';
import { bookmarkFaultOf } from '../write-validity.ts';
import { type Block, blockOf } from './block.ts';
import { DirectoryTable } from './directory-table.ts';
import { FollowedTable, isReplica } from './followed-table.ts';

// Bookmarks: a table beside the log, changed in the transaction of the append that names them.

/** No character comes after it, so it ends a range of names. */
const LAST = '\u{10ffff}';

export class BookmarkTable {
  readonly #find: StatementSync;
  readonly #range: StatementSync;
  readonly #put: StatementSync;
  readonly #remove: StatementSync;

  constructor(db: DatabaseSync) {
    this.#find = db.prepare('SELECT value FROM bookmarks WHERE name = ?');
    this.#range = db.prepare('SELECT name, value FROM bookmarks WHERE name >= ? AND name < ? ORDER BY name');
    this.#put = db.prepare('INSERT INTO bookmarks (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value');
    this.#remove = db.prepare('DELETE FROM bookmarks WHERE name = ?');
  }

  find(name: string): string | undefined {
    return this.#find.get(name)?.['value'] as string | undefined;
  }

  startingWith(prefix: string): ReadonlyMap<string, string> {
    return new Map(this.#range.all(prefix, prefix + LAST).map(({ name, value }) => [name as string, value as string]));
  }

  change(bookmarks: readonly Bookmark[]): void {
    for (const { name, value } of bookmarks) {
      if (value === undefined) this.#remove.run(name);
      else this.#put.run(name, value);
    }
  }
}

/** Why these bookmarks may not be changed, as they stand; undefined: they may. */
export const judgeBookmarks = (table: Pick<BookmarkTable, 'find'>, bookmarks: readonly Bookmark[]): Error | undefined => {
  const fault = bookmarkFaultOf(bookmarks);
  if (fault) return fault;
  const wrong = bookmarks.findIndex(({ name, expected }) => expected !== undefined && (table.find(name) ?? null) !== expected);
  if (wrong < 0) return undefined;
  return new EventStoreError(
    'wrong-bookmark',
    `Bookmark ${wrong + 1} of ${bookmarks.length} is not what was expected: another writer was first.`,
  );
};

/** How long opening waits while another process commits. */
export const OPENING_MS = 10_000;

export class LogFile {
  readonly bookmarks: BookmarkTable;
  readonly directory: DirectoryTable;
  /** Of a replica: what it follows, and how far. */
  readonly followed: FollowedTable | undefined;
  /** Random, made with the file. */
  readonly id: string;
  readonly #db: DatabaseSync;
  readonly #shortWal: ShortWal;
  readonly #begin: StatementSync;
  readonly #beginReading: StatementSync;
  readonly #commit: StatementSync;
  readonly #rollback: StatementSync;
  readonly #addBlock: StatementSync;
  readonly #version: StatementSync;
  readonly #lastFirst: StatementSync;
  readonly #from: StatementSync;
  readonly #back: StatementSync;
  readonly #holding: StatementSync;
  readonly #companions: StatementSync;
  readonly #noteCompanion: StatementSync;

  /** `db` is open, and of this format. After so many pages of the WAL a commit copies them into the database. */
  constructor(db: DatabaseSync, file: string, checkpointPages: number) {
    this.#db = db;
    this.#shortWal = new ShortWal(db, file, { checkpointPages });
    this.bookmarks = new BookmarkTable(db);
    this.directory = new DirectoryTable(db);
    this.followed = isReplica(db) ? new FollowedTable(db) : undefined;
    this.id = String(db.prepare("SELECT value FROM beside WHERE name = ''").get()?.['value']);
    this.#begin = db.prepare('BEGIN IMMEDIATE');
    this.#beginReading = db.prepare('BEGIN');
    this.#commit = db.prepare('COMMIT');
    this.#rollback = db.prepare('ROLLBACK');
    this.#addBlock = db.prepare('INSERT INTO blocks (first, records) VALUES (?, ?)');
    this.#version = db.prepare('PRAGMA data_version');
    this.#lastFirst = db.prepare('SELECT max(first) AS first FROM blocks');
    this.#from = db.prepare(
      'SELECT first, records FROM blocks WHERE first >= coalesce((SELECT max(first) FROM blocks WHERE first <= ?), 0) ORDER BY first',
    );
    this.#back = db.prepare('SELECT first, records FROM blocks WHERE first <= ? ORDER BY first DESC');
    this.#holding = db.prepare('SELECT first, records FROM blocks WHERE first <= ? ORDER BY first DESC LIMIT 1');
    this.#companions = db.prepare("SELECT name, value FROM beside WHERE name <> ''");
    this.#noteCompanion = db.prepare(
      'INSERT INTO beside VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)',
    );
  }

  /** Runs `work` as one transaction that no other process can come between; on any failure nothing of it is stored. */
  transaction<T>(work: () => T): T {
    return this.#within(this.#begin, work);
  }

  /** Runs `work`, whose transactions wait for locks of other processes: nothing is served yet. */
  waiting<T>(work: () => T): T {
    this.#db.exec(`PRAGMA busy_timeout = ${OPENING_MS}`);
    try {
      return work();
    } finally {
      this.#db.exec('PRAGMA busy_timeout = 0');
    }
  }

  /** Runs `work`, which only reads, on the file as it is at one moment. */
  looking<T>(work: () => T): T {
    return this.#within(this.#beginReading, work);
  }

  #within<T>(begin: StatementSync, work: () => T): T {
    begin.run();
    try {
      const outcome = work();
      this.#end();
      return outcome;
    } catch (cause) {
      // SQLite has rolled back by itself after some failures.
      if (this.#db.isTransaction) this.#rollback.run();
      throw cause;
    }
  }

  #end(): void {
    try {
      this.#commit.run();
    } catch (cause) {
      throw failureOfCommit(cause);
    }
  }

  addBlock(first: Position, bytes: Uint8Array): void {
    this.#addBlock.run(first, bytes);
  }

  /** Another one whenever another process has changed the file. */
  version(): number {
    return Number(this.#version.get()?.['data_version']);
  }

  /** First position of the last block; 0 where there is none. Blocks are only ever added, so it tells whether there are new ones. */
  lastFirst(): Position {
    return Number(this.#lastFirst.get()?.['first'] ?? 0);
  }

  /** Forwards, beginning with the block that holds the position. */
  *blocksFrom(position: Position): Generator<Block> {
    for (const row of this.#from.iterate(position)) yield blockOf(row);
  }

  /** Backwards, beginning with the block that holds the position. */
  *blocksBack(position: Position): Generator<Block> {
    for (const row of this.#back.iterate(position)) yield blockOf(row);
  }

  /** The last block that begins at a position or before: the one that holds it, if the log reaches that far. */
  blockHolding(position: Position): Block | undefined {
    const row = this.#holding.get(position);
    return row && blockOf(row);
  }

  /** By file, how many of its changes the log counts on. */
  companions(): ReadonlyMap<string, number> {
    return new Map(this.#companions.all().map(({ name, value }) => [name as string, value as number]));
  }

  noteCompanion(file: string, changes: number): void {
    this.#noteCompanion.run(file, changes);
  }

  /** Writes a page that says what it said before. */
  probe(): void {
    probeWriting(this.#db);
  }

  close(): void {
    this.#shortWal.stop();
    this.#db.close();
  }
}

// How many changes of each file beside it the log counts on: noted in its own commits, so that an older copy of a file shows (ADR 0019).

export class Companions {
  readonly #file: LogFile;
  readonly #changes = new Map<string, () => number>();
  /** What is noted, by file; and what the transaction under way notes. */
  #noted: ReadonlyMap<string, number>;
  #noting: ReadonlyMap<string, number> = new Map();

  constructor(file: LogFile) {
    this.#file = file;
    this.#noted = file.companions();
  }

  get areAny(): boolean {
    return this.#changes.size > 0;
  }

  add(file: string, changes: () => number): void {
    this.#changes.set(file, changes);
  }

  countedOn(file: string): number {
    return this.#file.companions().get(file) ?? 0;
  }

  outcount(file: string): void {
    this.#file.noteCompanion(file, this.countedOn(file) + 1);
  }

  /** By file, the changes that are not noted yet. */
  unnoted(): ReadonlyMap<string, number> {
    const found = new Map<string, number>();
    for (const [file, changes] of this.#changes) {
      const count = changes();
      if (count > (this.#noted.get(file) ?? 0)) found.set(file, count);
    }
    return found;
  }

  /** Within a transaction; by default what is not noted yet. */
  note(changes = this.unnoted()): void {
    this.#noting = changes;
    for (const [file, count] of changes) this.#file.noteCompanion(file, count);
  }

  /** The transaction is on disk. */
  noted(): void {
    if (this.#noting.size > 0) this.#noted = new Map([...this.#noted, ...this.#noting]);
  }
}
