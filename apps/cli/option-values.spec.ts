import { durationOf } from './option-values.ts';

const DAY = 86_400_000;

describe('lengths of time', () => {
  it.each([
    ['P7D', 7 * DAY],
    ['P2W', 14 * DAY],
    ['PT12H', DAY / 2],
    ['P1DT30M', DAY + 1_800_000],
    ['P0D', 0],
  ])('reads %s', (text, milliseconds) => expect(durationOf(text)).toBe(milliseconds));

  it.each(['', 'P', 'PT', 'P1M', 'P1Y', '7D', 'P-1D', 'P1.5D', 'p7d'])('takes no %j', (text) => {
    expect(() => durationOf(text)).toThrow('is no length of time: give one such as P7D, P2W or PT12H.');
  });
});
