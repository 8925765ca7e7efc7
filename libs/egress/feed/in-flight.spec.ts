import { InFlight } from './pending-learners.ts';

/** Whether it has resolved once everything that could happen by itself has happened. */
const isOver = async (promise: Promise<void>): Promise<boolean> =>
  Promise.race([promise.then(() => true), new Promise<boolean>((resolve) => setImmediate(() => resolve(false)))]);

describe('what is under way', () => {
  it('holds up whoever it is about until it is over, and nobody else', async () => {
    const inFlight = new InFlight();
    const end = inFlight.begin(['a', 'b']);
    const [a, c] = [inFlight.settled('a'), inFlight.settled('c')];
    expect([await isOver(a), await isOver(c), inFlight.count]).toEqual([false, true, 2]);
    end();
    expect([await isOver(a), inFlight.count]).toEqual([true, 0]);
  });

  it('is waited for as far as it had begun, not what begins later', async () => {
    const inFlight = new InFlight();
    const [one, two] = [inFlight.begin(['a']), inFlight.begin(['a'])];
    const settled = inFlight.settled('a');
    const three = inFlight.begin(['a']);
    two();
    expect(await isOver(settled)).toBe(false);
    one();
    expect(await isOver(settled)).toBe(true);
    three();
  });
});
