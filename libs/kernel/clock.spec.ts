import { backOff } from './index.ts';

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
