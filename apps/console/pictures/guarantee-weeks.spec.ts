// Picture 8 against its table.
import { guarantee } from './fixtures/examples.ts';
import { markOfRow, marksIn, parsed } from './fixtures/drawn.ts';
import { guaranteeWeeks } from './guarantee-weeks.ts';

describe('the Guarantee, week by week', () => {
  it('has a mark on each Monday for each line, as high as the number', () => {
    const highOf = (row: number, of: string): number => {
      const [mark] = marksIn(markOfRow(guarantee.svg, row), ({ attributes }) => attributes['data-of'] === of);
      return Number(mark?.attributes['cy'] ?? mark?.attributes['y']);
    };
    // Nine more are drawn three times as far up as three more.
    const [first, second, third] = [0, 1, 2].map((row) => highOf(row, 'settled')) as [number, number, number];
    expect((first - second) / (second - third)).toBeCloseTo(3);
    expect(guarantee.title).toBe('On 4 October 2027 5 of 20 young people had no offer.');
    expect(guarantee.tables[0]?.rows[2]).toEqual(['4 October 2027', 13, 2, 1, 4]);
  });

  it('marks the day by which each is to have an offer, as it is told, passed or to come', () => {
    const words = (svg: string): string => parsed(svg).text;
    expect(words(guarantee.svg)).toContain('an offer by 30 September 2027');
    const before = { deadline: '2027-09-30', settled: 0, offered: 0, applied: 0, nothing: 4 };
    const early = guaranteeWeeks('early', [
      { on: '2026-09-28', ...before },
      { on: '2026-10-05', ...before },
    ]);
    expect(words(early.svg)).toContain('an offer by 30 September 2027, 51 weeks on');
    expect(early.description).toContain('Everybody is to have an offer by 30 September 2027.');
    expect(guarantee.description).toContain('Everybody is to have an offer by 30 September 2027.');
    const near = (on: string): string =>
      words(
        guaranteeWeeks('near', [
          { on: '2027-09-06', ...before },
          { on, ...before },
        ]).svg,
      );
    expect(near('2027-09-27')).toContain('an offer by 30 September 2027, 3 days on');
    expect(near('2027-09-30')).toMatch(/an offer by 30 September 2027(?!,)/);
    const october = ['2027-10-25', '2027-11-01'].map((on) => ({ ...before, on, deadline: '2027-10-31' }));
    expect(words(guaranteeWeeks('october', october).svg)).toContain('an offer by 31 October 2027');
    expect(guaranteeWeeks('none', []).title).toBe('No week is over yet.');
  });
});
