// The file as it lies on disk: what is kept, what each share holds of it, and the count of what was let go.
import { chmodSync } from 'node:fs';
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { type LogWitness, type MarkedFile, openMarked } from '#custody';
import { transaction } from '#sqlite';
import { ENTRY_BYTES } from '../shares.ts';
import type { Quarantined, QuarantineEntry, QuarantineSelection, QuarantineState } from '../quarantine.ts';

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

// An entry as its row says it.

export interface Row {
  readonly id: number;
  readonly kind: Quarantined['kind'];
  readonly channel: string;
  readonly code: string;
  readonly says: string;
  readonly agency: string | null;
  readonly subject: string | null;
  readonly received_at: number;
  readonly state: QuarantineState;
  readonly outcome: string | null;
  readonly bytes: number;
  readonly origin: string | null;
  readonly cut: number;
}

export const COLUMNS = 'id, kind, channel, code, says, agency, subject, received_at, state, outcome, bytes, origin, cut';

const given = <Name extends string>(name: Name, value: string | null): { readonly [One in Name]?: string } =>
  (value === null ? {} : { [name]: value }) as { readonly [One in Name]?: string };

export const entryOf = (row: Row): QuarantineEntry => ({
  id: row.id,
  kind: row.kind,
  channel: row.channel,
  code: row.code,
  says: row.says,
  ...given('agency', row.agency),
  ...given('subject', row.subject),
  receivedAt: row.received_at,
  state: row.state,
  ...given('outcome', row.outcome),
  bytes: row.bytes,
  ...given('origin', row.origin),
  ...(row.cut === 0 ? {} : { cut: true as const }),
});

// A selection of entries as a condition of SQL.

export interface Condition {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

type Part = (selection: QuarantineSelection) => Condition | undefined;

const when = <Value>(value: Value | undefined, sql: string, values: (value: Value) => readonly SQLInputValue[]): Condition | undefined =>
  value === undefined ? undefined : { sql, values: values(value) };

const PARTS: readonly Part[] = [
  ({ state }) => when(state, 'state = ?', (one) => [one]),
  ({ agency }) => when(agency, `coalesce(agency, '') = ?`, (one) => [one]),
  ({ unattributed }) => when(unattributed, `coalesce(agency, '') = ''`, () => []),
  ({ ids }) => when(ids, 'id IN (SELECT value FROM json_each(?))', (some) => [JSON.stringify(some)]),
  ({ before }) => when(before, 'received_at < ?', (at) => [at]),
  ({ upTo }) => when(upTo, 'id <= ?', (id) => [id]),
];

export const conditionOf = (selection: QuarantineSelection): Condition => {
  const parts = PARTS.flatMap((part) => part(selection) ?? []);
  return { sql: ['TRUE', ...parts.map(({ sql }) => sql)].join(' AND '), values: parts.flatMap(({ values }) => values) };
};
