// Picture 6 against its table.
import { markOfRow, marksIn, parsed } from './fixtures/drawn.ts';
import { looks } from './fixtures/examples.ts';

describe('looks by day', () => {
  it('has a square for each day of the table, darker with more, and outlined where it is unusual', () => {
    const days = [0, 1, 2].map((row) => markOfRow(looks.svg, row));
    expect(days.map(({ attributes }) => attributes['data-step'])).toEqual(['1', '4', '0']);
    expect(days.map((mark) => mark.within.find(({ name }) => name === 'text')?.text)).toEqual(['3', '80!', '']);
    expect(looks.tables[0]?.rows).toEqual([
      ['1 September 2026', 3, 'no'],
      ['2 September 2026', 80, 'yes'],
      ['5 October 2026', 0, 'no'],
    ]);
  });

  it('draws the days between that nobody looked on, and none before or after', () => {
    const squares = marksIn(parsed(looks.svg), ({ name }) => name === 'rect');
    expect(squares).toHaveLength(35);
  });
});
