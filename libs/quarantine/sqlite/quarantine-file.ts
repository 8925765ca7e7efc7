// The file as it lies on disk: what is kept, what each share holds of it, and the count of what was let go.
import { closeSync, fchmodSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { ENTRY_BYTES } from '../shares.ts';

/** Room that is freed can be given back; a WAL that grew is cut again. */
const PRAGMAS = `PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;
  PRAGMA secure_delete = ON; PRAGMA journal_size_limit = 4194304`;

const TABLES = `
  CREATE TABLE IF NOT EXISTS quarantined (
    id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, channel TEXT NOT NULL, code TEXT NOT NULL, says TEXT NOT NULL,
    agency TEXT, subject TEXT, received_at INTEGER NOT NULL, state TEXT NOT NULL DEFAULT 'waiting', outcome TEXT,
    bytes INTEGER NOT NULL, sealed BLOB);
  CREATE TABLE IF NOT EXISTS shares (whose TEXT PRIMARY KEY, kept INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS let_go (
    whose TEXT NOT NULL, why TEXT NOT NULL, entries INTEGER NOT NULL, bytes INTEGER NOT NULL, since INTEGER NOT NULL, latest INTEGER NOT NULL,
    PRIMARY KEY (whose, why)) WITHOUT ROWID`;

/** What the first release did not know. `kept`: what an entry counts for in its share; `cut`: only its beginning is there. */
const ADDED: readonly (readonly [string, string])[] = [
  ['origin', 'TEXT'],
  ['cut', 'INTEGER NOT NULL DEFAULT 0'],
  ['kept', 'INTEGER NOT NULL DEFAULT 0'],
];

const COUNT_WHAT_IS_THERE = `UPDATE quarantined SET kept = bytes + ${ENTRY_BYTES};
  INSERT OR REPLACE INTO shares SELECT coalesce(agency, ''), sum(kept) FROM quarantined GROUP BY coalesce(agency, '')`;

/** The sums follow whichever process adds or removes. */
const REST = `
  CREATE UNIQUE INDEX IF NOT EXISTS quarantined_origin ON quarantined (origin) WHERE origin IS NOT NULL;
  CREATE INDEX IF NOT EXISTS quarantined_state ON quarantined (state, id);
  CREATE INDEX IF NOT EXISTS quarantined_age ON quarantined (received_at);
  CREATE INDEX IF NOT EXISTS quarantined_share ON quarantined (coalesce(agency, ''), state = 'waiting', id);
  CREATE TRIGGER IF NOT EXISTS share_grows AFTER INSERT ON quarantined BEGIN
    INSERT INTO shares VALUES (coalesce(new.agency, ''), new.kept) ON CONFLICT DO UPDATE SET kept = kept + excluded.kept; END;
  CREATE TRIGGER IF NOT EXISTS share_shrinks AFTER DELETE ON quarantined BEGIN
    UPDATE shares SET kept = kept - old.kept WHERE whose = coalesce(old.agency, ''); END`;

export const openFile = (file: string): DatabaseSync => {
  closeSync(ownerOnly(openSync(file, 'a', 0o600)));
  const db = new DatabaseSync(file);
  db.exec(PRAGMAS);
  inTransaction(db, () => {
    db.exec(TABLES);
    addColumns(db);
    db.exec(REST);
  });
  return db;
};

/** SQLite gives its other files the mode of this one. */
const ownerOnly = (handle: number): number => {
  fchmodSync(handle, 0o600);
  return handle;
};

const addColumns = (db: DatabaseSync): void => {
  const known = new Set(db.prepare('PRAGMA table_info(quarantined)').all().map(({ name }) => name));
  for (const [name, form] of ADDED) if (!known.has(name)) db.exec(`ALTER TABLE quarantined ADD COLUMN ${name} ${form}`);
  if (!known.has('kept')) db.exec(COUNT_WHAT_IS_THERE);
};

export const inTransaction = <Result>(db: DatabaseSync, work: () => Result): Result => {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (cause) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw cause;
  }
};
