// Changing a SQLite file: whole or not at all, waiting for a lock that another process holds, and what is said of a failure.
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { backOff, StorageError } from '#kernel';

// What SQLite reports, by what can be done about it.

/**
 * `busy`: another process holds the lock, and gives it up sooner or later; `failing`: the disk is full, gone or broken, nothing was
 * changed; `uncertain`: it failed at the end of a commit; `damaged`: the file is not what was written.
 */
export type FileTrouble = 'busy' | 'failing' | 'uncertain' | 'damaged';

const PRIMARY_CODE = 0xff;
const SQLITE_BUSY = 5;
const SQLITE_IOERR = 10;
const TROUBLES: ReadonlyMap<number, FileTrouble> = new Map([
  // BUSY, LOCKED, PROTOCOL
  ...[SQLITE_BUSY, 6, 15].map((code) => [code, 'busy'] as const),
  // NOMEM, READONLY, INTERRUPT, IOERR, FULL, CANTOPEN
  ...[7, 8, 9, SQLITE_IOERR, 13, 14].map((code) => [code, 'failing'] as const),
  // CORRUPT, NOTADB
  ...[11, 26].map((code) => [code, 'damaged'] as const),
]);

/** A commit whose last write or fsync failed: it does not hold now, and might yet after a crash. */
export class UncertainCommit extends Error {
  override readonly name = 'UncertainCommit';
}

/** Somebody is in the way, though SQLite does not say so by an error. */
export class FileBusy extends Error {
  override readonly name = 'FileBusy';
  readonly errcode = SQLITE_BUSY;
}

const primaryCode = (cause: unknown): number =>
  typeof cause === 'object' && cause !== null && 'errcode' in cause && typeof cause.errcode === 'number' ? cause.errcode & PRIMARY_CODE : 0;

/** Undefined where the file is not to blame, but what was asked of it. */
export const troubleOf = (cause: unknown): FileTrouble | undefined =>
  cause instanceof UncertainCommit ? 'uncertain' : TROUBLES.get(primaryCode(cause));

/** What a failed COMMIT leaves: on a full disk its last frame was not written, after an input or output error it may have been. */
export const failureOfCommit = (cause: unknown): unknown =>
  primaryCode(cause) === SQLITE_IOERR ? new UncertainCommit('A commit failed half-way.', { cause }) : cause;

const WHY: Readonly<Record<FileTrouble, string>> = {
  busy: 'another process holds it locked.',
  failing: 'see to its disk, its owner and its mode (600).',
  uncertain: 'its disk failed at the end of a commit.',
  damaged: 'it is damaged, restore it from a backup.',
};

/** The failure of a file, which is named as in `The quarantine`, as its users are told; anything else as it is. */
export const storageFailureOf = (file: string, cause: unknown): unknown => {
  const trouble = troubleOf(cause);
  if (!trouble) return cause;
  return new StorageError(trouble === 'uncertain' ? trouble : 'unavailable', `${file} cannot be read or written now: ${WHY[trouble]}`, {
    cause,
  });
};

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

// Waiting for a lock that another process holds, without standing the event loop still as SQLite's own waiting would.

/** Longer than any broker commits; whoever is not served by then is told to come again. */
export const LOCK_PATIENCE_MS = 3000;

/**
 * Runs `work` at once, and again while another process holds the lock that it needs; rejects with what it throws, also once patience ends.
 */
export const whenFree = async <T>(work: () => T, patience = LOCK_PATIENCE_MS): Promise<T> => {
  const until = performance.now() + patience;
  for (let attempts = 1; ; attempts++) {
    try {
      return work();
    } catch (cause) {
      if (troubleOf(cause) !== 'busy' || performance.now() >= until) throw cause;
    }
    await pause(backOff(attempts, Math.random()));
  }
};
