import { InUse } from './in-use.ts';

interface Value {
  readonly n: number;
}
const valueOf = (n: number): Value => ({ n });
const keyOf = (n: number): string => `key-${n}`;
const many = (from: number, to: number): readonly number[] => Array.from({ length: to - from }, (_, n) => from + n);

/** What was asked for just now stays for so many others, and no more than twice as many. */
const PASSING = 100;
/** Of what is kept; asked for again within half as many others it is so, and not after as many. */
const MOST = 1000;

describe('what is in use', () => {
  let left: number[];
  let held: InUse<string, Value>;
  beforeEach(() => {
    left = [];
    held = new InUse({ most: MOST }, ({ n }) => left.push(n));
  });
  const set = (...numbers: readonly number[]): void => numbers.forEach((n) => held.set(keyOf(n), valueOf(n)));

  it('is held for as many others as are looked at together, and then left', () => {
    set(...many(0, PASSING + 1));
    expect([held.get(keyOf(0)), left]).toEqual([valueOf(0), []]);
    set(...many(PASSING + 1, 3 * PASSING));
    expect([held.has(keyOf(0)), held.has(keyOf(3 * PASSING - 1)), left]).toEqual([false, true, many(0, 2 * PASSING)]);
  });

  it('is kept once it is asked for again, whatever is asked for once meanwhile', () => {
    set(...many(0, MOST / 2), 0, ...many(MOST / 2, 5 * MOST));
    expect([held.get(keyOf(0)), held.has(keyOf(1))]).toEqual([valueOf(0), false]);
  });

  it('is not kept where it is asked for again only after many others', () => {
    set(...many(0, MOST + 1), 0, ...many(9000, 9000 + 2 * PASSING));
    expect(held.has(keyOf(0))).toBe(false);
  });

  it('is left by age, once more is kept than there is room for', () => {
    for (const n of many(0, 6)) set(...many(300 * n, 300 * n + 300), ...many(300 * n, 300 * n + 250));
    left = [];
    set(...many(9000, 9000 + 3 * PASSING));
    expect([held.has(keyOf(0)), held.has(keyOf(199)), held.has(keyOf(1200))]).toEqual([false, false, true]);
  });

  it('stays as long as it is asked for, while others take the places of older ones', () => {
    for (const n of many(0, 12)) {
      for (const other of [...many(300 * n, 300 * n + 300), ...many(300 * n, 300 * n + 250)]) {
        set(other);
        for (const asked of many(0, 4)) held.get(keyOf(asked));
      }
    }
    expect(many(0, 4).map((n) => held.has(keyOf(n)))).toEqual([true, true, true, true]);
    expect([held.has(keyOf(100)), held.has(keyOf(3400))]).toEqual([false, true]);
  });

  it('is what was set last', () => {
    set(...many(0, 2 * PASSING), 0, 1);
    held.set(keyOf(0), valueOf(-1));
    held.set(keyOf(2 * PASSING - 1), valueOf(-2));
    expect([held.get(keyOf(0)), held.get(keyOf(2 * PASSING - 1))]).toEqual([valueOf(-1), valueOf(-2)]);
  });

  it('is forgotten without being left, also all of it', () => {
    set(...many(0, 4 * PASSING), 0);
    left = [];
    held.delete(keyOf(0));
    held.delete(keyOf(4 * PASSING - 1));
    expect([held.has(keyOf(0)), held.has(keyOf(4 * PASSING - 1)), held.has(keyOf(4 * PASSING - 2))]).toEqual([false, false, true]);
    held.clear();
    expect([held.get(keyOf(4 * PASSING - 2)), left]).toEqual([undefined, []]);
  });

  it('takes no more memory than it may', () => {
    const sized = new InUse<string, Value>({ bytes: 100, sizeOf: ({ n }) => n }, ({ n }) => left.push(n));
    const sizes = [60, 50, 70, 40, 101];
    for (const n of sizes) sized.set(keyOf(n), valueOf(n));
    expect([sizes.filter((n) => sized.has(keyOf(n))), left]).toEqual([
      [70, 40],
      [60, 50],
    ]);
  });
});
