// The quarantine in a SQLite file of its own: junk must not grow the log, and what is settled can be removed.
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { FileMark, type LogWitness } from '#custody';
import type { Place, Vault } from '#privacy';
import type { Quarantine, Quarantined, QuarantineEntry, QuarantineFilter, QuarantineState } from '../quarantine.ts';

interface Waiting {
  readonly item: Quarantined;
  readonly done: () => void;
  readonly failed: (cause: unknown) => void;
}

interface Row {
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
}

const SETTINGS = 'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000; PRAGMA secure_delete = ON';
const SCHEMA = `CREATE TABLE IF NOT EXISTS quarantined (
    id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, channel TEXT NOT NULL, code TEXT NOT NULL, says TEXT NOT NULL,
    agency TEXT, subject TEXT, received_at INTEGER NOT NULL, state TEXT NOT NULL DEFAULT 'waiting', outcome TEXT,
    bytes INTEGER NOT NULL, sealed BLOB);
  CREATE INDEX IF NOT EXISTS quarantined_state ON quarantined (state, id)`;
/** The first release knew no origins. */
const ORIGIN = 'ALTER TABLE quarantined ADD COLUMN origin TEXT';
const ORIGIN_ONCE = 'CREATE UNIQUE INDEX IF NOT EXISTS quarantined_origin ON quarantined (origin) WHERE origin IS NOT NULL';
const COLUMNS = 'id, kind, channel, code, says, agency, subject, received_at, state, outcome, bytes, origin';
const CATEGORY = 'quarantine';

export class SqliteQuarantine implements Quarantine {
  readonly #db: DatabaseSync;
  readonly #vault: Vault;
  readonly #mark: FileMark;
  readonly #insert: StatementSync;
  readonly #seal: StatementSync;
  #waiting: Waiting[] = [];

  /** `log`: the one that it is marked as belonging to. */
  constructor(file: string, vault: Vault, log?: LogWitness) {
    this.#db = new DatabaseSync(file);
    this.#vault = vault;
    this.#db.exec(SETTINGS);
    this.#mark = new FileMark(this.#db, file, log);
    this.#db.exec(SCHEMA);
    this.#transaction(() => this.#addOrigins());
    this.#insert = this.#db.prepare(
      'INSERT INTO quarantined (kind, channel, code, says, agency, subject, received_at, bytes, origin) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    );
    this.#seal = this.#db.prepare('UPDATE quarantined SET sealed = ? WHERE id = ?');
  }

  #addOrigins(): void {
    const columns = this.#db.prepare('PRAGMA table_info(quarantined)').all();
    if (!columns.some(({ name }) => name === 'origin')) this.#db.exec(ORIGIN);
    this.#db.exec(ORIGIN_ONCE);
  }

  async add(item: Quarantined): Promise<void> {
    return new Promise((done, failed) => {
      if (this.#waiting.push({ item, done, failed }) === 1) setImmediate(() => void this.#commit());
    });
  }

  /** One transaction, so one fsync, for all that arrived in the meantime. */
  async #commit(): Promise<void> {
    const group = this.#waiting;
    this.#waiting = [];
    try {
      await this.#makeKeys(group);
      this.#change(() => group.forEach(({ item }) => this.#store(item)));
      group.forEach(({ done }) => done());
    } catch (cause) {
      group.forEach(({ failed }) => failed(cause));
    }
  }

  /** Keys must be on disk before what they seal: a first sealing makes those that are missing. */
  async #makeKeys(group: readonly Waiting[]): Promise<void> {
    for (const { item } of group) this.#vault.seal(keyOf(item.subject ?? null), placeOf(0), new Uint8Array());
    await this.#vault.durable();
  }

  #store(item: Quarantined): void {
    const { lastInsertRowid, changes } = this.#insert.run(
      item.kind,
      item.channel,
      item.code,
      item.says,
      item.agency ?? null,
      item.subject ?? null,
      item.receivedAt,
      item.content.byteLength,
      item.origin ?? null,
    );
    if (changes === 0) return;
    const id = Number(lastInsertRowid);
    this.#seal.run(this.#vault.seal(keyOf(item.subject ?? null), placeOf(id), item.content), id);
  }

  /** One that the log counts on. */
  #change(work: () => void): void {
    this.#transaction(() => {
      work();
      this.#mark.count();
    });
  }

  #transaction(work: () => void): void {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.#db.exec('COMMIT');
    } catch (cause) {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw cause;
    }
  }

  list(filter: QuarantineFilter): readonly QuarantineEntry[] {
    const conditions = ['id > ?'];
    const values: SQLInputValue[] = [filter.after ?? 0];
    if (filter.state) conditions.push('state = ?') && values.push(filter.state);
    if (filter.agency) conditions.push('agency = ?') && values.push(filter.agency);
    const sql = `SELECT ${COLUMNS} FROM quarantined WHERE ${conditions.join(' AND ')} ORDER BY id LIMIT ?`;
    return (this.#db.prepare(sql).all(...values, filter.limit) as unknown as Row[]).map(entryOf);
  }

  find(id: number): QuarantineEntry | undefined {
    const row = this.#db.prepare(`SELECT ${COLUMNS} FROM quarantined WHERE id = ?`).get(id);
    return row && entryOf(row as unknown as Row);
  }

  content(id: number): Uint8Array | undefined {
    const row = this.#db.prepare('SELECT subject, sealed FROM quarantined WHERE id = ?').get(id);
    if (!row) return undefined;
    const { subject, sealed } = row as { subject: string | null; sealed: Uint8Array };
    return this.#vault.open(keyOf(subject), placeOf(id), sealed);
  }

  settle(id: number, state: QuarantineState, outcome: string): void {
    this.#change(() => void this.#db.prepare('UPDATE quarantined SET state = ?, outcome = ? WHERE id = ?').run(state, outcome, id));
  }

  count(state: QuarantineState): number {
    return Number(this.#db.prepare('SELECT count(*) AS n FROM quarantined WHERE state = ?').get(state)?.['n'] ?? 0);
  }

  close(): void {
    this.#mark.end();
    this.#db.close();
  }
}

const keyOf = (subject: string | null): { owner: string; category: string } => ({
  owner: `quarantine-${subject ?? 'unattributed'}`,
  category: CATEGORY,
});

const placeOf = (id: number): Place => ({ stream: CATEGORY, revision: id, type: CATEGORY });

const entryOf = (row: Row): QuarantineEntry => ({
  id: row.id,
  kind: row.kind,
  channel: row.channel,
  code: row.code,
  says: row.says,
  ...(row.agency === null ? {} : { agency: row.agency }),
  ...(row.subject === null ? {} : { subject: row.subject }),
  receivedAt: row.received_at,
  state: row.state,
  ...(row.outcome === null ? {} : { outcome: row.outcome }),
  bytes: row.bytes,
  ...(row.origin === null ? {} : { origin: row.origin }),
});
