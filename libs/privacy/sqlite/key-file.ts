// The key file: one row a key. A destroyed key's row stays as its tombstone, the wrapped key overwritten where it stood. Beside them
// stands how far each sealed stream of the log goes, where a writer of the log cannot reach it (ADR 0019).
import { closeSync, fchmodSync, openSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { FileMark, type LogWitness } from '#custody';
import type { Reached } from '#event-store';
import type { Instant } from '#kernel';
import { VaultError } from '../vault-error.ts';
import type { KeyName } from '../vault.ts';
import { WRAPPED_BYTES, type WrappedKey } from './wrapping.ts';

/** A key to write. */
export interface NamedKey extends KeyName, WrappedKey {}

/** What a name's row says: its wrapped key, or undefined where the key was destroyed. */
export interface KeyRow {
  readonly number: number;
  readonly wrapped: Uint8Array | undefined;
}

/** Deleting rows would leave copies of keys in pages that SQLite has since laid out anew; rows that never move leave none. */
const SETTINGS = 'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY';
const SCHEMA = `CREATE TABLE IF NOT EXISTS vault (id INTEGER PRIMARY KEY CHECK (id = 1), root_check TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS keys (
    id INTEGER PRIMARY KEY, owner TEXT NOT NULL, category TEXT NOT NULL, number INTEGER NOT NULL,
    at INTEGER NOT NULL, -- when the key was made; once destroyed, when that was
    wrapped BLOB NOT NULL -- ${WRAPPED_BYTES} bytes, all zero once destroyed
  ) STRICT;
  CREATE UNIQUE INDEX IF NOT EXISTS keys_by_name ON keys (owner, category, number);
  CREATE TABLE IF NOT EXISTS sealed_streams (stream TEXT PRIMARY KEY, revision INTEGER NOT NULL, tag TEXT NOT NULL) STRICT`;
const DESTROYED = `zeroblob(${WRAPPED_BYTES})`;
const BUSY_MS = 5000;

export class KeyFile {
  readonly #db: DatabaseSync;
  readonly #version: StatementSync;
  readonly #find: StatementSync;
  readonly #insert: StatementSync;
  readonly #destroy: StatementSync;
  readonly #checkpoint: StatementSync;
  readonly #mark: FileMark;

  /** `rootCheck` is a fingerprint of the root key. Throws `VaultError`. */
  constructor(file: string, rootCheck: string, log?: LogWitness) {
    closeSync(privately(openSync(file, 'a', 0o600)));
    this.#db = new DatabaseSync(file, { timeout: BUSY_MS });
    this.#db.exec(SETTINGS);
    this.#mark = new FileMark(this.#db, file, log);
    this.#db.exec(SCHEMA);
    this.#checkRoot(file, rootCheck);
    this.#version = this.#db.prepare('PRAGMA data_version');
    this.#find = this.#db.prepare(`SELECT number, nullif(wrapped, ${DESTROYED}) AS wrapped FROM keys WHERE owner = ? AND category = ? ORDER BY id`);
    this.#insert = this.#db.prepare('INSERT INTO keys (owner, category, number, at, wrapped) VALUES (?, ?, ?, ?, ?)');
    this.#destroy = this.#db.prepare(
      `UPDATE keys SET wrapped = ${DESTROYED}, at = ?1 WHERE owner = ?2 AND (?3 IS NULL OR category = ?3) AND wrapped <> ${DESTROYED}`,
    );
    this.#checkpoint = this.#db.prepare('PRAGMA wal_checkpoint(TRUNCATE)');
    this.#checkpoint.get(); // what a crash left behind may hold keys destroyed since
  }

  #checkRoot(file: string, rootCheck: string): void {
    this.#db.prepare('INSERT OR IGNORE INTO vault (id, root_check) VALUES (1, ?)').run(rootCheck);
    const kept = this.#db.prepare('SELECT root_check FROM vault').get()?.['root_check'];
    if (kept === rootCheck) return;
    this.#db.close();
    throw new VaultError('wrong-root-key', `The keys in ${file} were made under another root key: start with that one, or with another data directory.`);
  }

  /** Changes when another connection, of this process or not, has changed the file. */
  version(): number {
    return Number(this.#version.get()?.['data_version']);
  }

  /** Another process changed it. */
  outdate(): void {
    this.#mark.outdate();
  }

  /** All keys that a name ever had, the latest last. */
  find({ owner, category }: KeyName): readonly KeyRow[] {
    const rows = this.#find.all(owner, category) as unknown as { number: number; wrapped: Uint8Array | null }[];
    return rows.map(({ number, wrapped }) => ({ number, wrapped: wrapped ?? undefined }));
  }

  /** On disk when it returns, in one transaction. */
  write(keys: Iterable<NamedKey>, at: Instant): void {
    this.#transaction(() => {
      for (const { owner, category, number, wrapped } of keys) this.#insert.run(owner, category, number, at, wrapped);
      this.#mark.count();
    });
  }

  /** When it returns, neither the file nor its WAL holds the keys. */
  destroy(owner: string, category: string | undefined, at: Instant): void {
    this.#transaction(() => {
      this.#destroy.run(at, owner, category ?? null);
      this.#mark.count();
    });
    if (Number(this.#checkpoint.get()?.['busy']) === 0) return;
    throw new VaultError('unavailable', 'The keys are destroyed, but another process kept their trace in the WAL: destroy them once more.');
  }

  /** How far a stream went when it was last seen. */
  reached(stream: string): Reached | undefined {
    return this.#db.prepare('SELECT revision, tag FROM sealed_streams WHERE stream = ?').get(stream) as unknown as Reached | undefined;
  }

  /** On disk when it returns; it never goes back. */
  reach(stream: string, { revision, tag }: Reached): void {
    const further = 'ON CONFLICT (stream) DO UPDATE SET revision = excluded.revision, tag = excluded.tag WHERE excluded.revision > revision';
    this.#transaction(() => {
      this.#db.prepare(`INSERT INTO sealed_streams VALUES (?, ?, ?) ${further}`).run(stream, revision, tag);
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

  close(): void {
    this.#mark.end();
    this.#db.close();
  }
}

/** WAL and index take the mode of the file. */
const privately = (handle: number): number => {
  fchmodSync(handle, 0o600);
  return handle;
};
