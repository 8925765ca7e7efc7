// Waits for what comes about by itself, and for no longer than is reasonable.
import { setTimeout as pause } from 'node:timers/promises';

const PATIENCE_MS = 45_000;

/** Rejects where that takes too long. */
export const until = async (condition: () => boolean | Promise<boolean>, patience = PATIENCE_MS): Promise<void> => {
  const last = performance.now() + patience;
  while (!(await condition())) {
    if (performance.now() > last) throw new Error(`It did not come to be so: ${condition.toString()}`);
    await pause(20);
  }
};
