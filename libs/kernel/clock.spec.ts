import fc from 'fast-check';
import { backOff, londonDate, londonDayStart } from './index.ts';

describe('the day in London', () => {
  const intl = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London', dateStyle: 'short' });
  const QUARTER = 900_000;
  const instant = fc.integer({ min: Date.UTC(1972, 0, 1) / QUARTER, max: Date.UTC(2090, 0, 1) / QUARTER });

  it('is the one that the time zone’s tables give, at any quarter of an hour', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 0, max: QUARTER - 1 }), (quarter, beyond) => {
        expect(londonDate(quarter * QUARTER + beyond)).toBe(intl.format(quarter * QUARTER + beyond));
      }),
      { numRuns: 5000 },
    );
  });

  it.each(['2026-03-28', '2026-03-29', '2026-03-30', '2026-10-24', '2026-10-25', '2026-10-26', '2027-01-01'])(
    'begins on %s at its first moment',
    (day) => {
      const start = londonDayStart(day);
      expect([londonDate(start - 1) < day, londonDate(start), intl.format(start)]).toEqual([true, day, day]);
    },
  );
});

describe('the pause before another attempt', () => {
  it('grows to a tenth of a second and no further', () => {
    expect([1, 2, 3, 6, 7, 2000].map((attempts) => backOff(attempts, 1))).toEqual([2, 4, 8, 64, 100, 100]);
  });

  it('begins and ends where whoever waits for something else says', () => {
    const pauses = { first: 50, longest: 5000 };
    expect([1, 2, 7, 8, 2000].map((attempts) => backOff(attempts, 1, pauses))).toEqual([50, 100, 3200, 5000, 5000]);
  });

  it('is half as long at the least, as chance has it', () => {
    expect([0, 0.5, 1].map((chance) => backOff(4, chance))).toEqual([8, 12, 16]);
  });
});
