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
