// Picture 7 against its table.
import { markOfRow, marksIn } from './fixtures/drawn.ts';
import { duties } from './fixtures/examples.ts';

describe('duties by age', () => {
  it('has pieces as long as the table’s numbers', () => {
    const lengthOf = (row: number, age: string): number =>
      Number(marksIn(markOfRow(duties.svg, row), ({ attributes }) => attributes['data-age'] === age)[0]?.attributes['width']);
    expect(lengthOf(0, 'due') / lengthOf(0, 'upTo7')).toBeCloseTo(10 / 4, 1);
    expect(lengthOf(1, 'upTo28') / lengthOf(0, 'upTo28')).toBeCloseTo(3 / 2, 1);
    expect(duties.tables[0]?.rows).toEqual([
      ['Follow up', 10, 4, 2, 1, 17],
      ['Review', 0, 0, 3, 0, 3],
    ]);
    expect(duties.title).toBe('10 duties are overdue, 1 of them by more than 28 days.');
  });
});
