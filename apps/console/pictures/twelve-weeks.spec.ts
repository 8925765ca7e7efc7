// Picture 9 against its table.
import { markOfRow, marksIn } from './fixtures/drawn.ts';
import { weeks } from './fixtures/examples.ts';
import { twelveWeeks } from './twelve-weeks.ts';

describe('twelve weeks', () => {
  it('has a column for each week in which somebody left, and a tick for each concern', () => {
    expect(weeks.tables[0]?.rows).toEqual([
      ['Left', 1, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 1, 1],
      ['Concerns', 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 9],
    ]);
    expect(weeks.title).toBe('4 of 5 learners on this page left within the first twelve weeks.');
    const columns = marksIn(markOfRow(weeks.svg, 0), ({ attributes }) => attributes['data-count'] !== undefined);
    expect(columns.map(({ attributes }) => [attributes['data-week'], attributes['data-count']])).toEqual([
      ['1', '1'],
      ['7', '2'],
      ['12', '1'],
      ['later', '1'],
    ]);
    const heights = marksIn(markOfRow(weeks.svg, 0), ({ name }) => name === 'rect').map(({ attributes }) => Number(attributes['height']));
    expect((heights[1] ?? 0) / (heights[0] ?? 1)).toBeCloseTo(2);
    // Of nine there is no room for ticks: a number says it.
    expect(marksIn(markOfRow(weeks.svg, 1), ({ name }) => name === 'line')).toHaveLength(3);
    expect(marksIn(markOfRow(weeks.svg, 1), ({ name }) => name === 'text').map(({ text }) => text)).toEqual(['9']);
  });

  it('counts a week before the first as the first', () => {
    expect(twelveWeeks('w', [0]).tables[0]?.rows[0]?.[1]).toBe(1);
  });
});
