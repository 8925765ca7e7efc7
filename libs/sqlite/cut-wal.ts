import type { DatabaseSync } from 'node:sqlite';

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
