// What SQLite reports, in the store's terms: damage is told from what may pass.
import { EventStoreError } from '../event-store.ts';

const PRIMARY_CODE = 0xff;
const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;
const DAMAGE = [SQLITE_CORRUPT, SQLITE_NOTADB];

/** SQLite's result code without its extension, or undefined where the error is not SQLite's. */
const codeOf = (cause: unknown): number | undefined =>
  cause instanceof Error && 'errcode' in cause && typeof cause.errcode === 'number' ? cause.errcode & PRIMARY_CODE : undefined;

export const damaged = (what: string, cause?: unknown): EventStoreError =>
  new EventStoreError('corrupt', `The log is damaged: ${what} Restore it from a backup.`, { cause });

/** Gives back what is an `EventStoreError` already, and what is no failure of the disk but a bug. */
export const failureOf = (cause: unknown): unknown => {
  if (cause instanceof RangeError) return damaged(cause.message, cause);
  const code = codeOf(cause);
  if (code === undefined) return cause;
  if (DAMAGE.includes(code)) return damaged('SQLite finds its file malformed.', cause);
  return new EventStoreError('unavailable', 'The log cannot be read or written now; nothing of what was sent is stored.', { cause });
};
