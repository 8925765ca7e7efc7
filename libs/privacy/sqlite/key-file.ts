// The key file: one row a key. A destroyed key's row stays as its tombstone, the wrapped key overwritten where it stood. Beside them
// stands how far each sealed stream of the log goes, where a writer of the log cannot reach it (ADR 0019).
import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto';
import { chmodSync } from 'node:fs';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { type FileMark, type LogWitness, openMarked } from '#custody';
import type { Reached } from '#event-store';
import type { Instant } from '#kernel';
import { cutWal, FileBusy, probeWriting, ShortWal, transaction } from '#sqlite';
import { deriveKey, type RootKey, unambiguous } from '../root-key.ts';
import { drawRandom, type NumberedKey, VaultError } from '../sealing.ts';
import type { KeyName } from '../vault.ts';

// Data keys rest wrapped: AES-256-GCM under a key from the root key, bound to owner, category and number (ADR 0004).

const ALGORITHM = 'aes-256-gcm';
const NONCE = 12;
const KEY = 32;
const TAG = 16;
const WITH_TAG = { authTagLength: TAG };

/** Length of a wrapped key: nonce, ciphertext, tag. */
const WRAPPED_BYTES = NONCE + KEY + TAG;

interface WrappedKey {
  readonly number: number;
  readonly wrapped: Uint8Array;
}

export class KeyWrapper {
  readonly #key: KeyObject;

  constructor(root: RootKey) {
    this.#key = deriveKey(root, 'wrap');
  }

  /** A new random key. Its number is random too: two processes may make the first key of one name at the same time. */
  make(name: KeyName): NumberedKey & WrappedKey {
    const bytes = drawRandom(KEY);
    const number = drawRandom(6).readUIntBE(0, 6);
    const nonce = drawRandom(NONCE);
    const cipher = createCipheriv(ALGORITHM, this.#key, nonce, WITH_TAG).setAAD(boundTo(name, number));
    const wrapped = Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
    return { number, wrapped, key: takeIn(bytes) };
  }

  /** Throws `VaultError` where the file was altered. */
  unwrap(name: KeyName, { number, wrapped }: WrappedKey): KeyObject {
    const decipher = createDecipheriv(ALGORITHM, this.#key, wrapped.subarray(0, NONCE), WITH_TAG);
    decipher.setAAD(boundTo(name, number)).setAuthTag(wrapped.subarray(NONCE + KEY));
    const bytes = decipher.update(wrapped.subarray(NONCE, NONCE + KEY));
    try {
      decipher.final();
    } catch (cause) {
      throw new VaultError(
        'unavailable',
        'A key in the key file was altered: restore the file from a backup and erase again what was erased since.',
        { cause },
      );
    }
    return takeIn(bytes);
  }
}

const boundTo = ({ owner, category }: KeyName, number: number): Buffer => Buffer.from(unambiguous(owner, category, String(number)));

/** The key object has a copy of its own; the bytes must not linger on the heap. */
const takeIn = (bytes: Buffer): KeyObject => {
  const key = createSecretKey(bytes);
  bytes.fill(0);
  return key;
};

/** A key to write. */
export interface NamedKey extends KeyName, WrappedKey {}

/** What a row says: the wrapped key, or undefined where the key was destroyed. */
export interface KeyRow {
  readonly category: string;
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
const OWNER_ONLY = 0o600;
const CHECKPOINT_PAGES = 1000;

export class KeyFile {
  readonly #db: DatabaseSync;
  readonly #shortWal: ShortWal;
  readonly #version: StatementSync;
  readonly #find: StatementSync;
  readonly #findOf: StatementSync;
  readonly #insert: StatementSync;
  readonly #destroy: StatementSync;
  readonly #mark: FileMark;

  /** `rootCheck` is a fingerprint of the root key. Throws `VaultError`. */
  constructor(file: string, rootCheck: string, log?: LogWitness) {
    const settings = (db: DatabaseSync): void => {
      chmodSync(file, OWNER_ONLY); // WAL and index take the mode of the file
      db.exec(SETTINGS);
    };
    const schema = (db: DatabaseSync): void => {
      db.exec(SCHEMA);
      checkRoot(db, file, rootCheck);
      cutWal(db); // what a crash left behind may hold keys destroyed since
    };
    const { db, mark } = openMarked(file, log, { settings, schema });
    this.#db = db;
    this.#mark = mark;
    this.#shortWal = new ShortWal(this.#db, file, { checkpointPages: CHECKPOINT_PAGES });
    this.#version = this.#db.prepare('PRAGMA data_version');
    const found = `SELECT category, number, nullif(wrapped, ${DESTROYED}) AS wrapped FROM keys WHERE owner = ?`;
    this.#find = this.#db.prepare(`${found} ORDER BY id`);
    this.#findOf = this.#db.prepare(`${found} AND category = ? ORDER BY id`);
    this.#insert = this.#db.prepare('INSERT INTO keys (owner, category, number, at, wrapped) VALUES (?, ?, ?, ?, ?)');
    this.#destroy = this.#db.prepare(
      `UPDATE keys SET wrapped = ${DESTROYED}, at = ?1 WHERE owner = ?2 AND (?3 IS NULL OR category = ?3) AND wrapped <> ${DESTROYED}`,
    );
  }

  /** Changes when another connection, of this process or not, has changed the file. */
  version(): number {
    return Number(this.#version.get()?.['data_version']);
  }

  /** Another process changed it. */
  outdate(): void {
    this.#mark.outdate();
  }

  /** All keys that an owner ever had, or those of a category, the latest last. */
  find(owner: string, category?: string): readonly KeyRow[] {
    const found = category === undefined ? this.#find.all(owner) : this.#findOf.all(owner, category);
    const rows = found as unknown as (Pick<KeyRow, 'category' | 'number'> & { readonly wrapped: Uint8Array | null })[];
    return rows.map(({ category, number, wrapped }) => ({ category, number, wrapped: wrapped ?? undefined }));
  }

  /** On disk when it returns, in one transaction. */
  write(keys: Iterable<NamedKey>, at: Instant): void {
    transaction(this.#db, () => {
      for (const { owner, category, number, wrapped } of keys) this.#insert.run(owner, category, number, at, wrapped);
      this.#mark.count();
    });
  }

  /** Nobody gets them any more; their trace is in the WAL until `forgetTraces`. */
  destroy(owner: string, category: string | undefined, at: Instant): void {
    transaction(this.#db, () => {
      this.#destroy.run(at, owner, category ?? null);
      this.#mark.count();
    });
  }

  /**
   * When it returns, neither the file nor its WAL holds a key that was destroyed. Throws `FileBusy` while another process reads the WAL.
   */
  forgetTraces(): void {
    if (!cutWal(this.#db)) throw new FileBusy('Another process reads what the WAL holds.');
  }

  /** How far a stream went when it was last seen. */
  reached(stream: string): Reached | undefined {
    return this.#db.prepare('SELECT revision, tag FROM sealed_streams WHERE stream = ?').get(stream) as unknown as Reached | undefined;
  }

  /** On disk when it returns; it never goes back. */
  reach(stream: string, { revision, tag }: Reached): void {
    const further =
      'ON CONFLICT (stream) DO UPDATE SET revision = excluded.revision, tag = excluded.tag WHERE excluded.revision > revision';
    transaction(this.#db, () => {
      this.#db.prepare(`INSERT INTO sealed_streams VALUES (?, ?, ?) ${further}`).run(stream, revision, tag);
      this.#mark.count();
    });
  }

  /** Throws where nothing can be written. */
  probe(): void {
    probeWriting(this.#db);
  }

  close(): void {
    this.#shortWal.stop();
    this.#mark.end();
    this.#db.close();
  }
}

const checkRoot = (db: DatabaseSync, file: string, rootCheck: string): void => {
  db.prepare('INSERT OR IGNORE INTO vault (id, root_check) VALUES (1, ?)').run(rootCheck);
  if (db.prepare('SELECT root_check FROM vault').get()?.['root_check'] === rootCheck) return;
  throw new VaultError(
    'wrong-root-key',
    `The keys in ${file} were made under another root key: start with that one, or with another data directory.`,
  );
};
