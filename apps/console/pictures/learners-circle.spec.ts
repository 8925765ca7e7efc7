// Picture 11 against its table, in both languages.
import { marksIn, parsed } from './fixtures/drawn.ts';
import { circle, known } from './fixtures/examples.ts';
import { learnersCircle } from './learners-circle.ts';

describe('the learner’s circle', () => {
  it('has a full line to whoever knows and a dashed one to whoever was told to stop', () => {
    const lines = marksIn(parsed(circle.svg), ({ attributes }) => attributes['data-line'] !== undefined);
    expect(lines.map(({ attributes }) => attributes['class'])).toEqual(['picture-knows', 'picture-stopped']);
    expect(circle.tables[0]?.rows.map((row) => row[2])).toEqual(['They know it now', 'They knew it and were told to stop']);
  });

  it('is as complete in Welsh', () => {
    const welsh = learnersCircle('cylch', known, 'cy');
    expect(welsh.tables[0]?.rows.map((row) => row.slice(0, 2))).toEqual(circle.tables[0]?.rows.map((row) => row.slice(0, 2)));
    expect(welsh.tables[0]?.rows[0]?.[2]).toBe('Maent yn gwybod nawr');
    expect(marksIn(parsed(welsh.svg), ({ text }) => text === 'Chi')).not.toEqual([]);
  });
});
