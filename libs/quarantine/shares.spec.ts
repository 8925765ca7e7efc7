import { Allowances, ENTRY_BYTES, type Extent, sharesOf } from './shares.ts';

const HOUR = 3_600_000;
const MEBIBYTE = 1024 * 1024;
const shares = sharesOf(64);
const extents = (allowances: Allowances, senders: readonly string[], bytes: number, at = 0): Readonly<Record<Extent, number>> => {
  const counted = { whole: 0, head: 0, count: 0 };
  for (const sender of senders) counted[allowances.take(sender, bytes, at)] += 1;
  return counted;
};
const times = (count: number, sender: (n: number) => string): readonly string[] => Array.from({ length: count }, (_, n) => sender(n));

describe('the shares of the quarantine', () => {
  it('give an eighth to each agency and to all whom nobody knows, and far less to one sender in an hour', () => {
    expect(shares).toEqual({
      whole: 64 * MEBIBYTE,
      each: 8 * MEBIBYTE,
      sender: { bytes: MEBIBYTE, heads: 128 },
      senders: { bytes: 4 * MEBIBYTE, heads: 512 },
    });
  });
});

describe('the allowance of who sends what nobody can be held to', () => {
  it('is whole messages first, then beginnings, then a count', () => {
    const quarter = MEBIBYTE / 4 - ENTRY_BYTES;
    expect(
      extents(
        new Allowances(shares),
        times(200, () => 'one'),
        quarter,
      ),
    ).toEqual({ whole: 4, head: 128, count: 68 });
  });

  it('counts small messages by the room that each takes', () => {
    expect(
      extents(
        new Allowances(shares),
        times(5000, () => 'one'),
        0,
      ),
    ).toEqual({ whole: 1024, head: 128, count: 3848 });
  });

  it("is each sender's own: one that sends much takes nothing from another", () => {
    const allowances = new Allowances(shares);
    extents(
      allowances,
      times(500, () => 'one'),
      MEBIBYTE - ENTRY_BYTES,
    );
    expect(extents(allowances, ['another'], MEBIBYTE - ENTRY_BYTES)).toEqual({ whole: 1, head: 0, count: 0 });
  });

  it('is bounded for all senders together, however many addresses there are', () => {
    expect(extents(new Allowances(shares), times(2000, String), MEBIBYTE - ENTRY_BYTES)).toEqual({ whole: 4, head: 512, count: 1484 });
  });

  it('is renewed every hour', () => {
    const allowances = new Allowances(shares);
    extents(
      allowances,
      times(500, () => 'one'),
      MEBIBYTE,
    );
    expect(extents(allowances, ['one'], 10, HOUR - 1)).toEqual({ whole: 1, head: 0, count: 0 });
    expect(
      extents(
        allowances,
        times(2, () => 'one'),
        MEBIBYTE - 2 * ENTRY_BYTES,
        HOUR,
      ),
    ).toEqual({ whole: 1, head: 1, count: 0 });
  });
});
