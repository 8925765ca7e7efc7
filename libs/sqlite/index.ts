export {
  failureOfCommit,
  FileBusy,
  type FileTrouble,
  LOCK_PATIENCE_MS,
  probeWriting,
  storageFailureOf,
  transaction,
  troubleOf,
  UncertainCommit,
  whenFree,
} from './transaction.ts';
export { cutWal, openFile } from './open-file.ts';
export { ShortWal, type WalTerms } from './short-wal.ts';
