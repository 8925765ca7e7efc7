// Picture 3 against its table: lengths in the proportion of the numbers, whatever they are, and the hours that were spared.
import fc from 'fast-check';
import { assessmentsNotRepeated, type RepeatsMonth } from './assessments-not-repeated.ts';
import { marked, markOfRow, numberOf, parsed, titleOf } from './fixtures/drawn.ts';
import { repeats } from './fixtures/examples.ts';

/** Rounding of coordinates to hundredths. */
const NEAR = 0.03;
const FRAMEWORKS = ['Initial', 'Screening', 'APIR'];

const monthNamed = (place: number): string => new Date(Date.UTC(2026, place, 1)).toISOString().slice(0, 7);
const month = fc.record({
  avoided: fc
    .tuple(...FRAMEWORKS.map(() => fc.nat(60)))
    .map((counts) => Object.fromEntries(FRAMEWORKS.map((name, n) => [name, counts[n] ?? 0]))),
  apart: fc.nat(40),
});
const months = fc
  .array(month, { minLength: 1, maxLength: 14 })
  .map((all) => all.map((one, place): RepeatsMonth => ({ month: monthNamed(place), ...one })));

it('is as its table says', () => {
  fc.assert(
    fc.property(months, (all) => {
      const picture = assessmentsNotRepeated('repeats', { months: all, frameworks: FRAMEWORKS });
      const rows = picture.tables[0]?.rows ?? [];
      const drawn = rows.flatMap(([, ...counts], row) => {
        const column = markOfRow(picture.svg, row);
        const pieces = marked(column, 'data-count');
        expect(pieces.map((piece) => [piece.attributes['data-of'], numberOf(piece, 'data-count')])).toEqual(
          FRAMEWORKS.flatMap((name, place) => (counts[place] === 0 ? [] : [[name, counts[place]]])),
        );
        expect(titleOf(column)).toContain(`${counts[FRAMEWORKS.length]} not repeated`);
        return pieces.map((piece) => numberOf(piece, 'height') / numberOf(piece, 'data-count'));
      });
      for (const length of drawn) expect(Math.abs(length - (drawn[0] ?? 0))).toBeLessThan(NEAR);
      const line = marked(parsed(picture.svg), 'data-apart');
      expect(line.map((mark) => numberOf(mark, 'data-apart'))).toEqual(rows.map((row) => row.at(-1)));
    }),
    { numRuns: 60 },
  );
});

it('says how many were spared, how many hours those take, and how many were not for want of sight', () => {
  expect(repeats.title).toBe('9 assessments were not repeated, which spared 9 hours. 3 were repeated for want of sight.');
  const plain = assessmentsNotRepeated('plain', { months: [{ month: '2026-01', avoided: { APIR: 1 } }], frameworks: ['APIR'] });
  expect(plain.title).toBe('1 assessment was not repeated.');
  expect(plain.tables[0]?.columns.map(({ name }) => name)).toEqual(['Month', 'APIR', 'all']);
  expect(marked(parsed(plain.svg), 'data-apart')).toEqual([]);
});
