// The key file: one row a key. A destroyed key's row stays as its tombstone, the wrapped key overwritten where it stood.
import { chmodSync } from 'node:fs';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Instant } from '#kernel';
import { cutWal, FileBusy, openFile, probeWriting, ShortWal, transaction } from '#sqlite';
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
const SCHEMA = `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;
  CREATE TABLE IF NOT EXISTS vault (id INTEGER PRIMARY KEY CHECK (id = 1), root_check TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS keys (
    id INTEGER PRIMARY KEY, owner TEXT NOT NULL, category TEXT NOT NULL, number INTEGER NOT NULL,
    at INTEGER NOT NULL, -- when the key was made; once destroyed, when that was
    wrapped BLOB NOT NULL -- ${WRAPPED_BYTES} bytes, all zero once destroyed
  ) STRICT;
  CREATE UNIQUE INDEX IF NOT EXISTS keys_by_name ON keys (owner, category, number)`;
const DESTROYED = `zeroblob(${WRAPPED_BYTES})`;
const OWNER_ONLY = 0o600;
const CHECKPOINT_PAGES = 1000;

export class KeyFile {
  readonly #db: DatabaseSync;
  readonly #shortWal: ShortWal;
  readonly #version: StatementSync;
  readonly #find: StatementSync;
  readonly #insert: StatementSync;
  readonly #destroy: StatementSync;

  /** `rootCheck` is a fingerprint of the root key. Throws `VaultError`. */
  constructor(file: string, rootCheck: string) {
    this.#db = openFile(file, (db) => {
      chmodSync(file, OWNER_ONLY); // WAL and index take the mode of the file
      db.exec(SCHEMA);
      checkRoot(db, file, rootCheck);
      cutWal(db); // what a crash left behind may hold keys destroyed since
    });
    this.#shortWal = new ShortWal(this.#db, file, { checkpointPages: CHECKPOINT_PAGES });
    this.#version = this.#db.prepare('PRAGMA data_version');
    this.#find = this.#db.prepare(`SELECT number, nullif(wrapped, ${DESTROYED}) AS wrapped FROM keys WHERE owner = ? AND category = ? ORDER BY id`);
    this.#insert = this.#db.prepare('INSERT INTO keys (owner, category, number, at, wrapped) VALUES (?, ?, ?, ?, ?)');
    this.#destroy = this.#db.prepare(
      `UPDATE keys SET wrapped = ${DESTROYED}, at = ?1 WHERE owner = ?2 AND (?3 IS NULL OR category = ?3) AND wrapped <> ${DESTROYED}`,
    );
  }

  /** Changes when another connection, of this process or not, has changed the file. */
  version(): number {
    return Number(this.#version.get()?.['data_version']);
  }

  /** All keys that a name ever had, the latest last. */
  find({ owner, category }: KeyName): readonly KeyRow[] {
    const rows = this.#find.all(owner, category) as unknown as { number: number; wrapped: Uint8Array | null }[];
    return rows.map(({ number, wrapped }) => ({ number, wrapped: wrapped ?? undefined }));
  }

  /** On disk when it returns, in one transaction. */
  write(keys: Iterable<NamedKey>, at: Instant): void {
    transaction(this.#db, () => {
      for (const { owner, category, number, wrapped } of keys) this.#insert.run(owner, category, number, at, wrapped);
    });
  }

  /** Nobody gets them any more; their trace is in the WAL until `forgetTraces`. */
  destroy(owner: string, category: string | undefined, at: Instant): void {
    transaction(this.#db, () => void this.#destroy.run(at, owner, category ?? null));
  }

  /** When it returns, neither the file nor its WAL holds a key that was destroyed. Throws `FileBusy` while another process reads the WAL. */
  forgetTraces(): void {
    if (!cutWal(this.#db)) throw new FileBusy('Another process reads what the WAL holds.');
  }

  /** Throws where nothing can be written. */
  probe(): void {
    probeWriting(this.#db);
  }

  close(): void {
    this.#shortWal.stop();
    this.#db.close();
  }
}

const checkRoot = (db: DatabaseSync, file: string, rootCheck: string): void => {
  db.prepare('INSERT OR IGNORE INTO vault (id, root_check) VALUES (1, ?)').run(rootCheck);
  if (db.prepare('SELECT root_check FROM vault').get()?.['root_check'] === rootCheck) return;
  throw new VaultError('wrong-root-key', `The keys in ${file} were made under another root key: start with that one, or with another data directory.`);
};
