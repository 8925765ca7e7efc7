// What SQLite reports, in the terms of the store of views: what may pass is told from what is wrong with a view's rows.
import { ViewStoreError } from '../engine/index.ts';

const PRIMARY_CODE = 0xff;
/** BUSY, LOCKED, NOMEM, READONLY, INTERRUPT, IOERR, CORRUPT, FULL, CANTOPEN, PROTOCOL, NOTADB. */
const OF_THE_FILE = new Set([5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 26]);
const DAMAGE = new Set([11, 26]);

const codeOf = (cause: unknown): number =>
  typeof cause === 'object' && cause !== null && 'errcode' in cause && typeof cause.errcode === 'number' ? cause.errcode & PRIMARY_CODE : 0;

/** The file's failure as a `ViewStoreError`; anything else as it is. */
export const failureOf = (cause: unknown): unknown => {
  const code = codeOf(cause);
  if (!OF_THE_FILE.has(code)) return cause;
  const says = DAMAGE.has(code)
    ? 'The file of views is damaged: stop the broker and delete it; it is made anew from the log.'
    : 'The views cannot be read or written now.';
  return new ViewStoreError('unavailable', says, { cause });
};

/** Any other failure while a view's rows are written lies with the view. */
export const failureOfRows = (view: string, cause: unknown): unknown =>
  OF_THE_FILE.has(codeOf(cause)) ? cause : new ViewStoreError('refused', 'The rows do not fit the tables of their view.', { cause, view });
