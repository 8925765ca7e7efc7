import { dayAfter, dayAfterTimes, dayBefore, daysBetween } from './clock.ts';

describe('a duration on the calendar', () => {
  it.each([
    ['P5D', '2026-02-05'],
    ['P2W', '2026-02-14'],
    ['P1M', '2026-02-28'],
    ['P1Y1M1D', '2027-03-01'],
    ['PT48H', '2026-02-02'],
    ['PT1H', '2026-02-01'],
    ['P0D', '2026-01-31'],
    ['P13M', '2027-02-28'],
  ])('%s after 31 January 2026 is %s', (duration, day) => {
    expect(dayAfter('2026-01-31', duration)).toBe(day);
  });

  it.each([
    ['P91D', '2027-03-01', '2026-11-30'],
    ['P1M', '2026-03-31', '2026-02-28'],
    ['P1Y', '2028-02-29', '2027-02-28'],
    ['P0D', '2026-01-01', '2026-01-01'],
    ['PT12H', '2026-01-01', '2025-12-31'],
  ])('%s before %s is %s', (duration, from, day) => {
    expect(dayBefore(from, duration)).toBe(day);
  });

  it('is not moved by clocks: 14 days over either change are 14 days', () => {
    expect(dayAfter('2026-03-20', 'P14D')).toBe('2026-04-03');
    expect(dayAfter('2026-10-20', 'P14D')).toBe('2026-11-03');
    expect(dayAfter('2028-02-28', 'P1D')).toBe('2028-02-29');
  });
});

it.each([
  ['2026-03-28', '2026-03-30', 2],
  ['2026-10-26', '2026-10-24', -2],
  ['2028-02-28', '2028-03-01', 2],
])('from %s to %s it is %i days, whatever clocks do between', (from, to, days) => {
  expect(daysBetween(from, to)).toBe(days);
});

it.each([
  ['2028-02-29', 'P1Y', 4, '2032-02-29'],
  ['2028-02-29', 'P1Y', 1, '2029-02-28'],
  ['2026-08-31', 'P3M', 2, '2027-02-28'],
  ['2026-08-31', 'P3M', 4, '2027-08-31'],
  ['2026-08-31', 'P2W', 0, '2026-08-31'],
])('counted from %s, %s comes for the %ith time on %s', (from, duration, times, day) => {
  expect(dayAfterTimes(from, duration, times)).toBe(day);
});
