// Picture 5 against its table.
import { type Mark, marksIn, parsed } from './fixtures/drawn.ts';
import { matrix, sights } from './fixtures/examples.ts';
import { sentenceOf } from './who-may-see-what.ts';

describe('who may see what', () => {
  const cell = (role: number): Mark | undefined =>
    marksIn(parsed(matrix.svg), ({ attributes }) => attributes['data-rows'] !== undefined)[role];

  it('has each row of the table in one cell, as a letter with what changes', () => {
    const drawn = marksIn(parsed(matrix.svg), ({ attributes }) => attributes['data-rows'] !== undefined);
    expect(drawn.flatMap(({ attributes }) => attributes['data-rows']?.split(' '))).toEqual(['0', '1', '2']);
    const letters = (mark: Mark | undefined): string | undefined => marksIn(mark ?? parsed(''), ({ name }) => name === 'text')[0]?.text;
    expect([letters(cell(0)), letters(cell(1))]).toEqual(['+A B', '−A']);
  });

  it('shows the most that may be seen, and consent as the border', () => {
    expect([cell(0)?.attributes['data-level'], cell(1)?.attributes['data-level']]).toEqual(['full', 'existence']);
    const borders = [cell(0), cell(1)].map((mark) => mark?.within.find(({ name }) => name === 'rect')?.attributes['class']);
    expect(borders).toEqual(['picture-outline picture-some-consent', 'picture-outline picture-consent']);
  });

  it('says a change in a sentence', () => {
    expect(sights[0] && sentenceOf(sights[0])).toBe('Colleges gain reviews for planning learning, with consent.');
    expect(sights[2] && sentenceOf(sights[2])).toBe('Funders lose offers for planning learning, with consent.');
    expect(matrix.title).toBe('1 sight is gained and 1 is lost.');
  });
});
