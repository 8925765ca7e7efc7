export { failureOfCommit, FileBusy, type FileTrouble, troubleOf, UncertainCommit } from './failure.ts';
export { cutWal } from './cut-wal.ts';
export { openFile } from './open-file.ts';
export { ShortWal, type WalTerms } from './short-wal.ts';
export { probeWriting, transaction } from './transaction.ts';
export { storageFailureOf } from './storage-failure.ts';
export { LOCK_PATIENCE_MS, whenFree } from './when-free.ts';
