import { Growing } from './growing.ts';

describe('a list that grows', () => {
  it('has what was added in that order, and each earlier state stays as it was', () => {
    const first = new Growing(['a', 'b']);
    const [one, other] = [first.with(['c']), first.with(['d', 'e'])];
    expect([[...first], [...one], [...other], [...other.with(['f'])]]).toEqual([
      ['a', 'b'],
      ['a', 'b', 'c'],
      ['a', 'b', 'd', 'e'],
      ['a', 'b', 'd', 'e', 'f'],
    ]);
    expect([first.size, one.size, other.size, new Growing().size]).toEqual([2, 3, 4, 0]);
  });

  it('is the same list where nothing is added', () => {
    const list = new Growing(['a']);
    expect(list.with([])).toBe(list);
  });

  it('is searched from its end', () => {
    const list = new Growing([1, 2, 3]).with([4, 5]);
    expect(list.findLast((n) => n % 2 === 0)).toBe(4);
    expect(list.findLast((n) => n < 3)).toBe(2);
    expect(list.findLast((n) => n > 5)).toBeUndefined();
  });

  it('may have been added to very often', () => {
    let list = new Growing<number>();
    for (let n = 0; n < 50_000; n++) list = list.with([n]);
    expect([...list].length).toBe(50_000);
    expect(list.findLast((n) => n === 0)).toBe(0);
  });
});
