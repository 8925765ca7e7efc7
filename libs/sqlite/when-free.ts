// Waiting for a lock that another process holds, without standing the event loop still as SQLite's own waiting would.
import { setTimeout as pause } from 'node:timers/promises';
import { backOff } from '#kernel';
import { troubleOf } from './failure.ts';

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
