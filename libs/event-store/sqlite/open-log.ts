// Opens the file that holds a log, or makes it. A file of anything else, or of another format, is left untouched.
import { randomUUID } from 'node:crypto';
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { openFile } from '#sqlite';
import { EventStoreError } from '../event-store.ts';
import { DIRECTORY_TABLES } from './directory-table.ts';
import { createFollowed, followedIn, nameNode, type ReplicaOf } from './followed-table.ts';
import { LogFile, OPENING_MS } from './log-file.ts';
import { damaged } from './sqlite-failure.ts';

/** `Cncd`, in the header of every log. */
const APPLICATION = 0x436e_6364;
const FORMAT = 3;
/** Its directory was read as a whole when it was opened. */
const FORMAT_BEFORE = 2;
/** Four times SQLite's own: fewer pages to write for the same records, each with its own cost. */
const PAGE_BYTES = 16 * 1024;
/** The WAL is copied into the database whenever it has so many pages: 4 MB, as SQLite does with pages of its own size. */
const CHECKPOINT_PAGES = 256;
const WAL_BYTES = CHECKPOINT_PAGES * PAGE_BYTES;
const USUAL_CACHE = `PRAGMA cache_size = ${-16 * 1024};`; // KiB
const HARDLY_ANY_CACHE = 'PRAGMA cache_size = 10;'; // pages

// FULL: a commit returns after fsync of the WAL. The other two make that fsync a real one on macOS and do nothing elsewhere.
const SETTINGS = `PRAGMA page_size = ${PAGE_BYTES}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON; ${USUAL_CACHE}`;
const SCHEMA = `CREATE TABLE blocks (first INTEGER PRIMARY KEY, records BLOB NOT NULL) STRICT;
${DIRECTORY_TABLES}
CREATE TABLE bookmarks (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE beside (name TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID; -- this log's id; of each file beside it, its changes
PRAGMA application_id = ${APPLICATION}; PRAGMA user_version = ${FORMAT};`;

const pragma = (db: DatabaseSync, name: string): number => Number(Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0]);
const isBlank = (db: DatabaseSync): boolean => pragma(db, 'schema_version') === 0 && pragma(db, 'application_id') === 0;

const create = (db: DatabaseSync, replicaOf: ReplicaOf | undefined): void => {
  db.exec(SETTINGS);
  db.exec('BEGIN IMMEDIATE');
  // Two processes may have found it blank at the same time.
  if (isBlank(db)) {
    db.exec(SCHEMA);
    db.prepare("INSERT INTO beside VALUES ('', ?)").run(replicaOf?.log ?? randomUUID());
    if (replicaOf) createFollowed(db, replicaOf);
  }
  db.exec('COMMIT');
};

const refuseOthers = (db: DatabaseSync, file: string): void => {
  if (pragma(db, 'application_id') !== APPLICATION) {
    throw damaged(`${file} is a database of something else, not a log of events.`);
  }
  const format = pragma(db, 'user_version');
  if (format !== FORMAT) {
    throw new EventStoreError(
      'unavailable',
      `The log ${file} is of format ${format}, and this release reads and writes format ${FORMAT}: run the release that wrote it, or begin with an empty data directory.`,
    );
  }
};

/**
 * Lets the WAL have the size at once that it comes to have: an fsync costs a third less where the file does not grow. What does not fit
 * into the cache is written to the WAL, and stays there as free space when it is rolled back.
 */
const preallocateWal = (db: DatabaseSync, file: string): void => {
  if ((statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? WAL_BYTES) >= WAL_BYTES) return;
  db.exec(`${HARDLY_ANY_CACHE} BEGIN IMMEDIATE`);
  try {
    db.prepare('INSERT INTO blocks (first, records) VALUES (-1, zeroblob(?))').run(WAL_BYTES + PAGE_BYTES);
  } catch {
    // A full disk still serves reads.
  } finally {
    if (db.isTransaction) db.exec('ROLLBACK');
    db.exec(USUAL_CACHE);
  }
};

const refuseOtherKind = (db: DatabaseSync, file: string, replicaOf: ReplicaOf | undefined): void => {
  const followed = followedIn(db);
  const fault = otherKind(followed, replicaOf, String(db.prepare("SELECT value FROM beside WHERE name = ''").get()?.['value']));
  if (fault !== undefined) throw new EventStoreError('unavailable', `${file} is ${fault}`);
};

const otherKind = (followed: string | undefined, replicaOf: ReplicaOf | undefined, log: string): string | undefined => {
  if (!replicaOf)
    return followed === undefined ? undefined : `the replica of the stream ${followed} in KurrentDB: set CONCORDAT_STORE=kurrentdb.`;
  if (followed === undefined) return 'a log of its own and no replica: set CONCORDAT_STORE=sqlite, or choose an empty data directory.';
  if (followed !== replicaOf.stream)
    return `the replica of the stream ${followed}, not of ${replicaOf.stream}: see to CONCORDAT_LOG_STREAM.`;
  return log === replicaOf.log
    ? undefined
    : `the replica of another log than the stream ${followed} holds: see to KURRENTDB_URL, or restore the server and the data directory from one backup.`;
};

/** What it holds stays as it is; its directory is made anew from that. */
const bringUp = (db: DatabaseSync): void => {
  if (pragma(db, 'application_id') !== APPLICATION || pragma(db, 'user_version') !== FORMAT_BEFORE) return;
  db.exec('BEGIN IMMEDIATE');
  // Two processes may have found it as it was at the same time.
  if (pragma(db, 'user_version') === FORMAT_BEFORE) db.exec(`DROP TABLE directory; ${DIRECTORY_TABLES} PRAGMA user_version = ${FORMAT};`);
  db.exec('COMMIT');
};

const prepare = (db: DatabaseSync, file: string, replicaOf: ReplicaOf | undefined): void => {
  if (isBlank(db)) create(db, replicaOf);
  bringUp(db);
  refuseOthers(db, file);
  refuseOtherKind(db, file, replicaOf);
  if (replicaOf) nameNode(db);
  db.exec(SETTINGS);
  preallocateWal(db, file);
};

/**
 * Opens the file and hands it to `use`; closes it again where that throws. Throws `EventStoreError` or what SQLite throws.
 * A log is the replica of one elsewhere, or none, for good.
 */
export const openLog = <T>(file: string, use: (opened: LogFile) => T, replicaOf?: ReplicaOf): T => {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const db = openFile(file, (opened) => prepare(opened, file, replicaOf), OPENING_MS);
  const log = new LogFile(db, file, CHECKPOINT_PAGES);
  try {
    return use(log);
  } catch (cause) {
    log.close();
    throw cause;
  }
};
