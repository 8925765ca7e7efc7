import { inSlices, workInSlices } from './index.ts';

/** Keeps the thread for so many milliseconds. */
const busy = (ms: number): void => {
  for (const until = performance.now() + ms; performance.now() < until;);
};

describe('work in slices', () => {
  /** How much work was begun when others had their turn. */
  const turnsDuring = async (work: () => void, count: number, slices = inSlices): Promise<readonly number[]> => {
    const seen: number[] = [];
    let [begun, over] = [0, false];
    const look = (): void => {
      if (over) return;
      seen.push(begun);
      setImmediate(look);
    };
    setImmediate(look);
    await slices(Array.from({ length: count }), () => {
      begun += 1;
      work();
    });
    over = true;
    return seen;
  };

  it('gives way when a slice is over', async () => {
    expect(await turnsDuring(() => busy(6), 3)).toEqual([1, 2, 3]);
    expect(await turnsDuring(() => busy(6), 3, workInSlices)).toEqual([1, 2, 3]);
  });

  it('counts what others do in the same turn', async () => {
    const work: string[] = [];
    const one = async (name: string): Promise<void> => workInSlices([1, 2], () => (work.push(name), busy(6)));
    const both = Promise.all([one('a'), one('b')]);
    expect(work).toEqual(['a', 'b']); // each begins with one thing, and neither goes on in this turn
    await both;
    expect(work).toEqual(['a', 'b', 'a', 'b']);
  });

  it('counts what the work goes on with at once', async () => {
    const goOn = async (): Promise<void> => {
      for (let step = 0; step < 3; step++) await Promise.resolve();
      busy(6);
    };
    expect(await turnsDuring(() => void goOn(), 3)).toEqual([1, 2, 3]);
  });
});
