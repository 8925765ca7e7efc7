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
