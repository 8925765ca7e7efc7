// Waiting longer after each failure, so that what is out of reach is not beset.
import { setTimeout as delay } from 'node:timers/promises';
import { backOff as pauseAfter, type Pauses } from '#kernel';

const PAUSES: Pauses = { first: 50, longest: 5000 };

/** Resolves after the wait, or at once when the signal aborts. `attempt` counts from 0. */
export const backOff = async (attempt: number, signal: AbortSignal): Promise<void> =>
  delay(pauseAfter(attempt + 1, Math.random(), PAUSES), undefined, { signal, ref: false }).catch(() => undefined);
