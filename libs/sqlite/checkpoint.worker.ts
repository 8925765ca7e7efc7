// Copies a long WAL into its database off the main thread, over a connection of its own, and cuts it.
import { parentPort } from 'node:worker_threads';
import { DatabaseSync } from 'node:sqlite';
import { cutWal } from './open-file.ts';

export interface CutAnswer {
  readonly file: string;
  readonly cut: boolean;
}

/** Between two commits of who writes without pause there is a moment to take the lock. */
const PATIENCE_MS = 100;

const tryToCut = (file: string): boolean => {
  try {
    const db = new DatabaseSync(file, { timeout: PATIENCE_MS });
    try {
      return cutWal(db);
    } finally {
      db.close();
    }
  } catch {
    return false; // the disk fails, or the lock is held elsewhere: it is asked again
  }
};

parentPort?.on('message', (file: string) => parentPort?.postMessage({ file, cut: tryToCut(file) } satisfies CutAnswer));
