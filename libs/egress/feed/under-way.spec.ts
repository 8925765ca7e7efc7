import { UnderWay } from './under-way.ts';

/** Whether it has resolved once everything that could happen by itself has happened. */
const isOver = async (promise: Promise<void>): Promise<boolean> =>
  Promise.race([promise.then(() => true), new Promise<boolean>((resolve) => setImmediate(() => resolve(false)))]);

describe('what is under way', () => {
  it('holds up whoever it is about until it is over, and nobody else', async () => {
    const underWay = new UnderWay();
    const end = underWay.begin(['a', 'b']);
    const [a, c] = [underWay.settled('a'), underWay.settled('c')];
    expect([await isOver(a), await isOver(c), underWay.count]).toEqual([false, true, 2]);
    end();
    expect([await isOver(a), underWay.count]).toEqual([true, 0]);
  });

  it('is waited for as far as it had begun, not what begins later', async () => {
    const underWay = new UnderWay();
    const [one, two] = [underWay.begin(['a']), underWay.begin(['a'])];
    const settled = underWay.settled('a');
    const three = underWay.begin(['a']);
    two();
    expect(await isOver(settled)).toBe(false);
    one();
    expect(await isOver(settled)).toBe(true);
    three();
  });
});
