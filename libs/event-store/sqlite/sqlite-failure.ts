// What SQLite, the file system and the log's own checks report, in the store's terms: damage is told from what may pass.
import { EventStoreError } from '../event-store.ts';

const PRIMARY_CODE = 0xff;
const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;
const DAMAGE = [SQLITE_CORRUPT, SQLITE_NOTADB];

/** What errors of Node and of `node:sqlite` say beside their message. */
interface Reported {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly errcode?: unknown;
  readonly syscall?: unknown;
}

export const damaged = (what: string, cause?: unknown): EventStoreError =>
  new EventStoreError('corrupt', `The log is damaged: ${what} Restore it from a backup.`, { cause });

const isDamage = (errcode: unknown): boolean => typeof errcode === 'number' && DAMAGE.includes(errcode & PRIMARY_CODE);

/** Gives back what is an `EventStoreError` already, and what is no failure of the disk but a bug. */
export const failureOf = (cause: unknown): unknown => {
  if (typeof cause !== 'object' || cause === null || cause instanceof EventStoreError) return cause;
  const { name, message, errcode, syscall }: Reported = cause;
  if (name === RangeError.name) return damaged(String(message), cause);
  if (isDamage(errcode)) return damaged('SQLite finds its file malformed.', cause);
  if (errcode === undefined && syscall === undefined) return cause;
  return new EventStoreError('unavailable', 'The log cannot be read or written now; nothing of what was sent is stored.', { cause });
};
