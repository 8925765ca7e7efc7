// Work on many things, between which others get their turn: a receipt waits for several turns, so none may be long (ADR 0032).
import { setImmediate as turn } from 'node:timers/promises';

/** Of the clock, and not so many things: they are long or short. Milliseconds. */
const SLICE_MS = 5;

/** Begins the work on each, one after the other, and gives way when a slice is over, in which counts what the work goes on with at once. */
export const inSlices = async <One>(all: Iterable<One>, begin: (one: One) => void): Promise<void> => {
  let began = performance.now();
  for (const one of all) {
    begin(one);
    await goneOn();
    if (performance.now() - began < SLICE_MS) continue;
    await turn();
    began = performance.now();
  }
};

/** The same for work that is done when it returns. */
export const workInSlices = async <One>(all: Iterable<One>, work: (one: One) => void): Promise<void> => {
  let began = performance.now();
  for (const one of all) {
    work(one);
    if (performance.now() - began < SLICE_MS) continue;
    await turn();
    began = performance.now();
  }
};

/** Resolves when all has been done that waits for nothing from outside: it belongs to the slice as well. */
const goneOn = (): Promise<void> => new Promise((resolve) => void process.nextTick(resolve));
