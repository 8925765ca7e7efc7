// What SQLite, the file system and the log's own checks report, in the store's terms: damage is told from what may pass.
import { type FileTrouble, troubleOf } from '#sqlite';
import { EventStoreError } from '../event-store.ts';

/** What errors of Node and of `node:sqlite` say beside their message. */
interface Reported {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly errcode?: unknown;
  readonly syscall?: unknown;
}

export const damaged = (what: string, cause?: unknown): EventStoreError =>
  new EventStoreError('corrupt', `The log is damaged: ${what} Restore it from a backup.`, { cause });

const unavailable = (says: string, cause: unknown): EventStoreError => new EventStoreError('unavailable', says, { cause });

const FAILURES: Readonly<Record<FileTrouble, (cause: unknown) => EventStoreError>> = {
  busy: (cause) => unavailable('Another process holds the log locked; nothing of what was sent is stored.', cause),
  failing: (cause) => unavailable('The log cannot be read or written now; nothing of what was sent is stored.', cause),
  uncertain: (cause) =>
    new EventStoreError('uncertain', 'Whether it was stored is not certain: append the same again, and it is stored once.', { cause }),
  damaged: (cause) => damaged('SQLite finds its file malformed.', cause),
};

/** Gives back what is an `EventStoreError` already, and what is no failure of the disk but a bug. */
export const failureOf = (cause: unknown): unknown => {
  if (typeof cause !== 'object' || cause === null || cause instanceof EventStoreError) return cause;
  const { name, message, errcode, syscall }: Reported = cause;
  if (name === RangeError.name) return damaged(String(message), cause);
  const trouble = troubleOf(cause);
  if (trouble) return FAILURES[trouble](cause);
  if (errcode === undefined && syscall === undefined) return cause;
  return FAILURES.failing(cause);
};
