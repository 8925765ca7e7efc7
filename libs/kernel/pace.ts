// Keeps work apart, so that what comes meanwhile is done together (ADR 0032): what comes first goes at once, what follows waits its time.

export class Pace {
  readonly #apart: number;
  #began = -Infinity;
  #isHurried = false;
  #wake: (() => void) | undefined;

  /** `apart`: milliseconds between two beginnings. */
  constructor(apart: number) {
    this.#apart = apart;
  }

  /**
   * Resolves when work may begin, which is taken to begin then: so long after the last beginning, or at once where it is hurried or the
   * signal aborts. One at a time.
   */
  async turn(signal: AbortSignal): Promise<void> {
    const left = this.#began + this.#apart - performance.now();
    if (left > 0 && !this.#isHurried && !signal.aborted) await this.#wait(left, signal);
    this.#isHurried = false;
    this.#began = performance.now();
  }

  /** The next turn, or the one that is waited for, comes at once. */
  hurry(): void {
    this.#isHurried = true;
    this.#wake?.();
  }

  async #wait(ms: number, signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        this.#wake = undefined;
        resolve();
      };
      const timer = setTimeout(wake, ms);
      signal.addEventListener('abort', wake);
      this.#wake = wake;
    });
  }
}

// Work on many things, between which others get their turn: a receipt waits for several turns, so none may be long (ADR 0032).

/** Of the clock, and not so many things: they are long or short. Milliseconds. */
const SLICE_MS = 5;

// One clock for all who work in slices: several slices in one turn of the event loop make one long turn.

let isRunning = false;
let began = 0;

/** Whoever is the first in a turn of the event loop starts it. */
const start = (): void => {
  if (isRunning) return;
  isRunning = true;
  began = performance.now();
  setImmediate(() => (isRunning = false));
};

/** Resolves in the next turn where this one has been long enough. */
const giveWay = async (): Promise<void> => {
  await new Promise<void>((resolve) => void setImmediate(resolve));
  start();
};

const isLong = (): boolean => performance.now() - began >= SLICE_MS;

/** Begins the work on each, one after the other, and gives way when a slice is over, in which counts what the work goes on with at once. */
export const inSlices = async <One>(all: Iterable<One>, begin: (one: One) => void): Promise<void> => {
  start();
  for (const one of all) {
    begin(one);
    await goneOn();
    if (isLong()) await giveWay();
  }
};

/** The same for work that is done when it returns. */
export const workInSlices = async <One>(all: Iterable<One>, work: (one: One) => void): Promise<void> => {
  start();
  for (const one of all) {
    work(one);
    if (isLong()) await giveWay();
  }
};

/** Resolves when all has been done that waits for nothing from outside: it belongs to the slice as well. */
const goneOn = (): Promise<void> => new Promise((resolve) => void process.nextTick(resolve));
