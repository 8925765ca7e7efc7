// How every SQLite file of the broker is opened: readable by its owner alone, a WAL that stays short, and no waiting once it serves.
import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** Nothing is served yet while files are opened: they may wait. */
const OPENING_MS = 5000;
const OWNER_ONLY = 0o600;
/** What is left of the WAL when it begins anew: as much as it has between two checkpoints. */
const KEPT_WAL_BYTES = 4 * 1024 * 1024;

/**
 * Opens the file, or makes it, and runs `prepare`, which may wait for locks; later statements do not. Closes it again where that throws.
 */
export const openFile = (file: string, prepare: (db: DatabaseSync) => void, waiting = OPENING_MS): DatabaseSync => {
  closeSync(openSync(file, 'a', OWNER_ONLY)); // SQLite gives its other files the mode of this one
  const db = new DatabaseSync(file, { timeout: waiting });
  try {
    prepare(db);
    db.exec(`PRAGMA journal_size_limit = ${KEPT_WAL_BYTES}; PRAGMA busy_timeout = 0`);
    return db;
  } catch (cause) {
    db.close();
    throw cause;
  }
};

/** FULL: what is copied is on disk before the WAL is given up; the second makes that so on macOS too. */
const DURABLY = 'PRAGMA synchronous = FULL; PRAGMA checkpoint_fullfsync = ON';

/**
 * Copies what the WAL holds into the database and makes the WAL empty. The copying holds up no writer; only the short rest needs the lock
 * to write. False where a reader, or another writer, is in the way: then it stays as it is.
 */
export const cutWal = (db: DatabaseSync): boolean => {
  db.exec(DURABLY);
  const { log, checkpointed } = db.prepare('PRAGMA wal_checkpoint(PASSIVE)').get() ?? {};
  if (log !== checkpointed) return false;
  return Number(db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy']) === 0;
};
