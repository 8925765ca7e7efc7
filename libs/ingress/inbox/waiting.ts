// Waiting that ends early when work is to stop.
import { setTimeout as delay } from 'node:timers/promises';
import { backOff, type Pauses } from '#kernel';

/** Resolves after so many milliseconds, or at once when the signal aborts. Never rejects. */
export const pause = async (ms: number, signal: AbortSignal): Promise<void> => {
  await delay(ms, undefined, { signal }).catch(() => undefined);
};

/** Resolves when the work has ended, in whatever way, or after so many milliseconds. Never rejects. */
export const within = async (ms: number, work: Promise<unknown>): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    const ended = (): void => {
      clearTimeout(timer);
      resolve();
    };
    work.then(ended, ended);
  });

/** What the work gives; rejects where that takes more than so many milliseconds. */
export const inTime = async <T>(ms: number, work: Promise<T>): Promise<T> => {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`There was no answer for ${ms} ms.`)), ms);
  return Promise.race([work, late.promise]).finally(() => clearTimeout(timer));
};

const PAUSES: Pauses = { first: 50, longest: 5000 };

/** Ever longer pauses, from 50 ms to 5 s, with some chance in them so that not all come again at the same moment. */
export class Backoff {
  #failures = 0;

  async wait(signal: AbortSignal): Promise<void> {
    await pause(backOff(++this.#failures, Math.random(), PAUSES), signal);
  }

  succeeded(): void {
    this.#failures = 0;
  }
}

/** Something that others wait for to change. */
export class Changes {
  readonly #waiting = new Set<() => void>();

  announce(): void {
    for (const wake of [...this.#waiting]) wake();
  }

  /** Resolves at the next announcement, after so many milliseconds, or when the signal aborts. */
  async next(signal: AbortSignal, ms = 60_000): Promise<void> {
    if (signal.aborted) return;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        this.#waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      signal.addEventListener('abort', wake);
      this.#waiting.add(wake);
    });
  }
}
