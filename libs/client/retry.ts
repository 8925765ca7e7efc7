// Calls made again where that may help: bounded, later each time, and not by everybody at once.
import { setTimeout as after } from 'node:timers/promises';
import { ClientError } from './client-error.ts';

export interface Retrying {
  /** Calls in all; 1: none is made again. Default 5. */
  readonly attempts?: number;
  /** All waiting together is never longer, in milliseconds; nor is a `Retry-After` heeded that asks for more. Default 30,000. */
  readonly patienceMs?: number;
  /** Waits, in milliseconds. */
  readonly pause?: (ms: number) => Promise<unknown>;
  /** From 0 to 1, for the jitter. */
  readonly chance?: () => number;
}

const ATTEMPTS = 5;
const PATIENCE_MS = 30_000;
const FIRST_WAIT_MS = 200;

/** Too many requests, or not now: nothing was recorded, or what was recorded will be met with its first receipt. */
const isPassing = (cause: unknown): cause is ClientError =>
  cause instanceof ClientError && (cause.code === 'unreachable' || cause.status === 429 || cause.status === 503);

/** At least what the broker asks for; else twice as long each time, of which half is left to chance. */
const waitOf = ({ retryAfter }: ClientError, failed: number, chance: () => number): number => {
  const backoff = FIRST_WAIT_MS * 2 ** (failed - 1) * (0.5 + chance() / 2);
  return retryAfter === undefined ? backoff : retryAfter * 1000 + backoff / 2;
};

/** Counts calls and waits; says how long to wait before the next call, or undefined where there is to be none. */
class Patience {
  readonly #retrying: Retrying;
  #failed = 0;
  #waited = 0;

  constructor(retrying: Retrying) {
    this.#retrying = retrying;
  }

  after(cause: unknown): number | undefined {
    const { attempts = ATTEMPTS, patienceMs = PATIENCE_MS, chance = Math.random } = this.#retrying;
    this.#failed++;
    if (this.#failed >= attempts || !isPassing(cause)) return undefined;
    const wait = waitOf(cause, this.#failed, chance);
    this.#waited += wait;
    return this.#waited > patienceMs ? undefined : wait;
  }
}

/** The result of the first call that succeeds. Throws what the last one threw, at once where another call would not help. */
export const retried = async <Result>(call: () => Promise<Result>, retrying: Retrying = {}): Promise<Result> => {
  const { pause = after } = retrying;
  const patience = new Patience(retrying);
  for (;;) {
    try {
      return await call();
    } catch (cause) {
      const wait = patience.after(cause);
      if (wait === undefined) throw cause;
      await pause(wait);
    }
  }
};
