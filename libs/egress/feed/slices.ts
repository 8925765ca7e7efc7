// Work on many learners, between which others get their turn: a receipt waits for several turns, so none may be long (ADR 0032).
import { setImmediate as turn } from 'node:timers/promises';

const SLICE_MS = 5;

/** Begins the work on each, one after the other. It gives way when a slice is over, by the clock: learners' files are long or short. */
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

/** Resolves when all has been done that waits for nothing from outside: it belongs to the slice as well. */
const goneOn = (): Promise<void> => new Promise((resolve) => void process.nextTick(resolve));
