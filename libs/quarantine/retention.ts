// What was kept long enough is let go, now and then, for as long as a broker serves.
import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '#kernel';
import type { Amount, Quarantine } from './quarantine.ts';

export interface RetentionParts {
  readonly quarantine: Pick<Quarantine, 'remove'>;
  readonly clock: Clock;
  readonly days: number;
}

const DAY = 86_400_000;
const HOUR = 3_600_000;

export const sweep = async ({ quarantine, clock, days }: RetentionParts): Promise<Amount> =>
  quarantine.remove({ before: clock.now() - days * DAY }, 'age');

/** At once, then every hour, until the signal aborts. What fails is tried again an hour later. */
export const sweepHourly = async (parts: RetentionParts, signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) {
    await sweep(parts).catch(() => undefined);
    await delay(HOUR, undefined, { signal, ref: false }).catch(() => undefined);
  }
};
