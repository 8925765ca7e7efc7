// The file as it lies on disk: what is kept, what each share holds of it, and the count of what was let go.
import { chmodSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { type LogWitness, type MarkedFile, openMarked } from '#custody';
import { transaction } from '#sqlite';
import { ENTRY_BYTES } from '../shares.ts';

/** Room that is freed can be given back. */
const PRAGMAS = `PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON`;

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

/** Says which log it belongs to before it has a table. */
export const openQuarantineFile = (file: string, log?: LogWitness): MarkedFile =>
  openMarked(file, log, {
    settings: (db) => {
      chmodSync(file, 0o600); // SQLite gives its other files the mode of this one
      db.exec(PRAGMAS);
    },
    schema: (db) =>
      transaction(db, () => {
        db.exec(TABLES);
        addColumns(db);
        db.exec(REST);
      }),
  });

const addColumns = (db: DatabaseSync): void => {
  const known = new Set(
    db
      .prepare('PRAGMA table_info(quarantined)')
      .all()
      .map(({ name }) => name),
  );
  for (const [name, form] of ADDED) if (!known.has(name)) db.exec(`ALTER TABLE quarantined ADD COLUMN ${name} ${form}`);
  if (!known.has('kept')) db.exec(COUNT_WHAT_IS_THERE);
};
