import type { DatabaseSync } from 'node:sqlite';
import { failureOfCommit } from './failure.ts';

const commit = (db: DatabaseSync): void => {
  try {
    db.exec('COMMIT');
  } catch (cause) {
    throw failureOfCommit(cause);
  }
};

/** All of `work` or nothing. Does not wait: throws what SQLite throws, or `UncertainCommit`. */
export const transaction = <T>(db: DatabaseSync, work: () => T, begin: 'BEGIN' | 'BEGIN IMMEDIATE' = 'BEGIN IMMEDIATE'): T => {
  db.exec(begin);
  try {
    const outcome = work();
    commit(db);
    return outcome;
  } catch (cause) {
    // SQLite has rolled back by itself after some failures.
    if (db.isTransaction) db.exec('ROLLBACK');
    throw cause;
  }
};

/** Writes a page that says what it said before, down to the disk. Throws as `transaction` does. */
export const probeWriting = (db: DatabaseSync): void =>
  transaction(db, () => {
    const { user_version: version } = db.prepare('PRAGMA user_version').get() ?? {};
    db.exec(`PRAGMA user_version = ${Number(version)}`);
  });
