// When a month's list closes, in summer and in winter, and what stands in it (views.md, S11, V9, V13).
import { closingBy, lastDayOf, listOf, monthBefore, nextMonth } from './index.ts';

const closes = closingBy('05T06:00');
const at = (instant: number) => new Date(instant).toISOString();

describe('a month’s list', () => {
  it('closes at six in London on the fifth of the next, whatever the clock in Greenwich says', () => {
    expect(['2026-03', '2026-05', '2026-09', '2026-10', '2026-12', '2028-02'].map((month) => at(closes(month)))).toEqual([
      '2026-04-05T05:00:00.000Z',
      '2026-06-05T05:00:00.000Z',
      '2026-10-05T05:00:00.000Z',
      '2026-11-05T06:00:00.000Z',
      '2027-01-05T06:00:00.000Z',
      '2028-03-05T06:00:00.000Z',
    ]);
    expect(at(closingBy('12T17:30')('2026-06'))).toBe('2026-07-12T16:30:00.000Z');
    expect(() => closingBy('28T02:00')).toThrow(RangeError);
  });

  it.each([
    ['2026-09-29', '2026-09-30T10:00Z', '2026-09'],
    ['2026-09-29', '2026-10-05T04:59:59.999Z', '2026-09'],
    ['2026-09-29', '2026-10-05T05:00Z', '2026-10'],
    ['2026-12-29', '2027-01-05T05:59:59.999Z', '2026-12'],
    ['2026-12-29', '2027-01-05T06:00Z', '2027-01'],
    ['2026-09-29', '2026-11-05T05:59Z', '2026-10'],
    ['2026-11-10', '2026-10-20T10:00Z', '2026-11'],
    ['2028-02-29', '2028-03-05T05:59Z', '2028-02'],
    ['2028-02-29', '2028-03-05T06:00Z', '2028-03'],
    ['2026-06-30', '2026-06-30T23:30Z', '2026-06'],
    ['2020-01-31', '2026-10-05T05:00Z', '2026-10'],
  ])('has what happened on %s and was recorded at %s in the list of %s', (day, recorded, month) => {
    expect(listOf(day, Date.parse(recorded), closes)).toBe(month);
  });

  it('has neighbours and a last day', () => {
    expect([nextMonth('2026-12'), monthBefore('2027-01'), lastDayOf('2028-02'), lastDayOf('2026-12')]).toEqual([
      '2027-01',
      '2026-12',
      '2028-02-29',
      '2026-12-31',
    ]);
  });
});
