import { type Held, HeldStreams } from './stream-cache.ts';

const streamOf = (n: number): string => `stream-${n}`;

interface Counter {
  readonly n: number;
}

/** So many of three thousand stay as objects at least, and no more than twice as many, as long as none is asked for again. */
const PASSING = 100;
const MAX = 3000;

describe('what is held of many streams', () => {
  let packs: number;
  let held: HeldStreams<Counter>;
  beforeEach(() => {
    packs = 0;
    held = new HeldStreams<Counter>(MAX, {
      pack: (one) => {
        packs += 1;
        return JSON.stringify(one);
      },
      unpack: (text) => JSON.parse(text) as Held<Counter>,
    });
    for (let n = 0; n < MAX; n++) held.set(streamOf(n), { state: { n }, revision: n });
  });

  it('is packed but for those in use, and read as it was', () => {
    expect(packs).toBe(MAX - PASSING);
    for (const n of [0, 1, MAX - PASSING - 1, MAX - PASSING, MAX - 1])
      expect(held.get(streamOf(n))).toMatchObject({ state: { n }, revision: n });
  });

  it('is let go of by age, once there are too many', () => {
    for (let n = MAX; n < MAX + 2 * PASSING; n++) held.set(streamOf(n), { state: { n }, revision: 0 });
    expect(held.get(streamOf(PASSING - 1))).toBeUndefined();
    expect(held.get(streamOf(PASSING))).toMatchObject({ state: { n: PASSING } });
  });

  it('is not packed again where it has not changed', () => {
    for (let n = 0; n < MAX; n++) held.get(streamOf(n));
    const once = packs;
    for (let n = 0; n < MAX; n++) held.get(streamOf(n));
    expect([once, packs]).toEqual([MAX, MAX]);
  });

  it('is what was put last, whether it rested or not', () => {
    held.set(streamOf(0), { state: { n: -1 }, revision: 9 });
    expect(held.get(streamOf(0))).toEqual({ state: { n: -1 }, revision: 9 });
    for (let n = 1; n <= 2 * PASSING; n++) held.get(streamOf(n));
    expect(held.get(streamOf(0))).toMatchObject({ state: { n: -1 }, revision: 9 });
  });

  it('is forgotten when it is to be', () => {
    held.delete(streamOf(0));
    held.delete(streamOf(MAX - 1));
    expect([held.get(streamOf(0)), held.get(streamOf(MAX - 1))]).toEqual([undefined, undefined]);
  });
});
