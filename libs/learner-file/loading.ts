// Looking never waits: what it lacks is loaded, and it looks again.
import { setImmediate as turn } from 'node:timers/promises';
import { NotLoaded } from './draft.ts';

/** More than anything that is judged needs; whatever asks for ever more would hold up the broker for good. */
const LOADS = 1000;
/** What is found in memory loads without waiting: others get their turn in between. */
const LOADS_A_TURN = 10;

/** What `look` finds once all that it needs is in memory. */
export const withAllLoaded = async <Found>(look: () => Found): Promise<Found> => {
  for (let loads = 1; loads <= LOADS; loads++) {
    try {
      return look();
    } catch (cause) {
      if (!(cause instanceof NotLoaded)) throw cause;
      await cause.load();
      if (loads % LOADS_A_TURN === 0) await turn();
    }
  }
  throw new Error('What is judged asks for ever more streams.');
};
