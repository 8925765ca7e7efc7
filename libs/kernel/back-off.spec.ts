import { backOff } from './index.ts';

describe('the pause before another attempt', () => {
  it('grows to a tenth of a second and no further', () => {
    expect([1, 2, 3, 6, 7, 2000].map((attempts) => backOff(attempts, 1))).toEqual([2, 4, 8, 64, 100, 100]);
  });

  it('is half as long at the least, as chance has it', () => {
    expect([0, 0.5, 1].map((chance) => backOff(4, chance))).toEqual([8, 12, 16]);
  });
});
