// Picture 6 against its table.
import { markOfRow, marksIn, parsed } from './fixtures/drawn.ts';
import { looks } from './fixtures/examples.ts';
import { looksByDay } from './looks-by-day.ts';

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

  it('draws the whole period that was asked about, also the months in which nobody looked', () => {
    const quiet = looksByDay('quiet', [{ day: '2026-12-02', looks: 9, isUnusual: false }], { from: '2026-10-30', to: '2026-12-03' });
    const drawn = parsed(quiet.svg);
    expect(marksIn(drawn, ({ attributes }) => attributes['class'] === 'picture-text picture-strong').map(({ text }) => text)).toEqual([
      'October 2026',
      'November 2026',
      'December 2026',
    ]);
    expect(marksIn(drawn, ({ name }) => name === 'rect')).toHaveLength(2 + 30 + 3);
    expect(quiet.tables[0]?.rows).toEqual([['2 December 2026', 9, 'no']]);
  });
});
