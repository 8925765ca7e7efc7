// Picture 1 against its tables.
import { consentLife } from './consent-life.ts';
import { type Mark, markOfRow, marksIn, parsed } from './fixtures/drawn.ts';
import { at, life, NAMED } from './fixtures/examples.ts';

const markCount = (mark: Mark, name: string, value: string): number => marksIn(mark, ({ attributes }) => attributes[name] === value).length;

describe('a consent’s life', () => {
  it('has a tick for each disclosure that its table counts, and an answer where it has one', () => {
    const rows = life.tables[1]?.rows ?? [];
    expect(rows.map((_, row) => markCount(markOfRow(life.svg, `1.${row}`), 'data-mark', 'disclosure'))).toEqual([3, 1]);
    expect(rows.map((row) => row[1])).toEqual([3, 1]);
    expect(rows.map((_, row) => markCount(markOfRow(life.svg, `1.${row}`), 'data-mark', 'answered'))).toEqual([1, 0]);
    expect(rows.map((row) => row.slice(3))).toEqual([
      [0, '26 November 2026', '28 November 2026', 2],
      [0, '26 November 2026', 'waiting', ''],
    ]);
  });

  it('finds who relied on it, how soon it stopped and who has not answered', () => {
    expect(life.title).toBe(
      `${NAMED.name} relied on it 3 times and ${NAMED.college} 1 time; stopped 0.4 s after withdrawal; 1 notice not answered.`,
    );
  });

  it('draws a bar a day where ticks would be too many, of as many disclosures', () => {
    const many = Array.from({ length: 300 }, (_, index) => at(index % 7, 9 + (index % 3)));
    const busy = consentLife('busy', {
      from: at(-1),
      to: at(9),
      statuses: [{ status: 'given', at: at(-1) }],
      recipients: [{ recipient: NAMED.name, disclosures: many.toSorted() }],
    });
    const bars = marksIn(parsed(busy.svg), ({ attributes }) => attributes['data-mark'] === 'disclosures');
    expect(bars).toHaveLength(7);
    expect(bars.reduce((sum, { attributes }) => sum + Number(attributes['data-count']), 0)).toBe(busy.tables[1]?.rows[0]?.[1]);
  });

  it('draws an answer of the day of the notice, or of today, neither before its notice nor beyond the axis', () => {
    const until = '2026-11-30T16:00:00.000Z';
    const placesOf = (sentAt: string, to: string): readonly number[] => {
      const answered = { on: '2026-11-30', days: 0 };
      const { svg } = consentLife('same', {
        ...{ from: '2026-11-01T00:00:00.000Z', to, statuses: [] },
        recipients: [{ recipient: NAMED.name, disclosures: [], notice: { sentAt, answered } }],
      });
      const circles = marksIn(parsed(svg), ({ name }) => name === 'circle');
      return circles.map(({ attributes }) => Number(attributes['cx']));
    };
    const [sent = NaN, answered = NaN] = placesOf('2026-11-30T15:00:00.000Z', until);
    expect(answered).toBe(sent);
    const early = placesOf('2026-11-30T08:00:00.000Z', '2026-11-30T09:00:00.000Z');
    expect(early[1]).toBe(820);
  });

  it('says what was disclosed after the withdrawal', () => {
    const late = consentLife('late', {
      from: at(0),
      to: at(9),
      statuses: [
        { status: 'given', at: at(0) },
        { status: 'withdrawn', at: at(2) },
      ],
      recipients: [{ recipient: NAMED.name, disclosures: [at(1), at(3)] }],
    });
    const [mark] = marksIn(parsed(late.svg), ({ attributes }) => attributes['data-mark'] === 'after');
    expect(mark?.text).toBe('withdrawn: 1 after');
    expect(late.tables[1]?.rows[0]?.[3]).toBe(1);
  });

  it('says under its axis what tells one line from the next: the time within a day, the year over several', () => {
    const axisOf = (from: string, to: string): readonly string[] => {
      const { svg } = consentLife('axis', { from, to, statuses: [], recipients: [] });
      const [axis] = marksIn(parsed(svg), ({ within }) => within.some(({ attributes }) => attributes['class'] === 'picture-grid'));
      return (axis?.within ?? []).filter(({ name }) => name === 'text').map(({ text }) => text);
    };
    expect(axisOf('2026-11-30T08:50:00Z', '2026-11-30T09:50:00Z')).toEqual(['9:00am', '30 Nov', '9:15am', '9:30am', '9:45am']);
    expect(axisOf('2026-11-30T23:50:00Z', '2026-12-01T00:20:00Z').slice(-4)).toEqual(['12:05am', '12:10am', '12:15am', '12:20am']);
    expect(axisOf('2026-11-30T09:00:00Z', '2026-11-30T09:01:10Z').slice(0, 3)).toEqual(['9:00:00am', '30 Nov', '9:00:15am']);
    const years = axisOf('2025-06-30T00:00:00Z', '2027-06-30T00:00:00Z');
    expect(years).toEqual(expect.arrayContaining(['2025', '2026', '2027']));
    expect(axisOf('2026-08-12T00:00:00Z', '2026-12-02T00:00:00Z')).toEqual(['1 Sept', '1 Oct', '1 Nov', '1 Dec']);
  });
});
