// Failures of whoever follows the log: what is told of them, and how long each waits before it tries again.
import { setTimeout as delay } from 'node:timers/promises';
import { backOff, type Pauses } from '#kernel';
import { EventStoreError } from '../event-store.ts';
import type { Trouble } from './consumer.ts';

/** Short beside the ten seconds within which everything recovers once its cause is gone. */
const PAUSES: Pauses = { first: 50, longest: 2000 };

/** Milliseconds before the next attempt after so many failures in a row, from 1 on; `chance` lies between 0 and 1. */
export const pauseAfter = (failures: number, chance: number): number => backOff(failures, chance, PAUSES);

/** Resolves after the pause, or at once when the signal aborts. */
export const pause = async (failures: number, signal: AbortSignal): Promise<void> =>
  delay(pauseAfter(failures, Math.random()), undefined, { signal, ref: false }).catch(() => undefined);

/** Messages of other errors may quote data: of those the code alone is told, or the class. */
export const troubleOf = (cause: unknown): Trouble => {
  const code = textIn(cause, 'code') ?? textIn(cause, 'name') ?? typeof cause;
  return cause instanceof EventStoreError && cause.code === 'corrupt' ? { code, says: cause.message } : { code };
};

/** By its form, since errors of another realm are no instances of ours. */
const textIn = (cause: unknown, field: 'code' | 'name'): string | undefined => {
  const value: unknown = typeof cause === 'object' && cause !== null ? (cause as Record<string, unknown>)[field] : undefined;
  return typeof value === 'string' ? value : undefined;
};
