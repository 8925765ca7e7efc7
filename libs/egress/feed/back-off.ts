// Waiting longer after each failure, so that what is out of reach is not beset.
import { setTimeout as delay } from 'node:timers/promises';

const FIRST_MS = 50;
const LONGEST_MS = 5000;

/** Resolves after the wait, or at once when the signal aborts. `attempt` counts from 0. */
export const backOff = async (attempt: number, signal: AbortSignal): Promise<void> =>
  delay(Math.min(FIRST_MS * 2 ** attempt, LONGEST_MS), undefined, { signal, ref: false }).catch(() => undefined);
