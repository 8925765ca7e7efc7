// Picture 2 against its table.
import { markOfRow, marksIn, parsed } from './fixtures/drawn.ts';
import { flow, flows, NAMED } from './fixtures/examples.ts';
import type { Picture } from './picture.ts';
import { MOST_RIBBONS, whoGivesWhat } from './who-gives-what.ts';

describe('who gives what to whom', () => {
  const widthOf = (picture: Picture, row: number): number =>
    Number(marksIn(markOfRow(picture.svg, row), ({ name }) => name === 'path')[0]?.attributes['data-width']);

  it('has a ribbon for each row, as wide as its number', () => {
    expect(flows.tables[0]?.rows.map((row) => row[4])).toEqual(['40', 'allowed, never used', '10']);
    expect(widthOf(flows, 0) / widthOf(flows, 2)).toBeCloseTo(4);
  });

  it('leaves what is allowed and unused hollow, and says so', () => {
    const paths = marksIn(markOfRow(flows.svg, 1), ({ name }) => name === 'path');
    expect(paths.map(({ attributes }) => attributes['fill'])).toEqual(['none', 'none']);
    expect(flows.title).toContain('1 flow is allowed and never used.');
  });

  it('links each ribbon that has somewhere to go, in reading order and named in words', () => {
    const links = marksIn(parsed(flows.svg), ({ name }) => name === 'a');
    expect(links.map(({ attributes }) => attributes['aria-label'])).toEqual([
      `Connexions gives assessments to ${NAMED.name}, by consent: 40 decisions`,
    ]);
  });

  it('counts agencies by role above twelve, and keeps each in a table', () => {
    const many = Array.from({ length: 14 }, (_, index) => flow({ recipient: `Provider ${index}`, count: 2 }));
    const folded = whoGivesWhat('many', { counted: 'decisions', flows: many });
    expect(folded.tables.map(({ rows }) => rows.length)).toEqual([1, 14]);
    expect(folded.tables[0]?.rows[0]).toEqual(['Connexions services', 'assessments', 'Providers', 'by consent', '28']);
    const learners = whoGivesWhat('some', {
      counted: 'learners',
      flows: many.map((each, index) => ({ ...each, count: index < 13 ? 'c' : 9 })),
    });
    expect(learners.tables[0]?.rows[0]?.[4]).toBe('9');
  });

  it('links what is counted by role to what all of it has in common, and to nothing where they lead elsewhere', () => {
    const leading = (hrefOf: (index: number) => string): Picture =>
      whoGivesWhat('many', {
        counted: 'decisions',
        flows: Array.from({ length: 13 }, (_, index) => flow({ recipient: `Provider ${index}`, count: 2, href: hrefOf(index) })),
      });
    const hrefsIn = (picture: Picture): readonly (string | undefined)[] =>
      marksIn(parsed(picture.svg), ({ name }) => name === 'a').map(({ attributes }) => attributes['href']);
    const category = '/dpo/flows?category=assessment';
    expect(hrefsIn(leading(() => category))).toEqual([category]);
    expect(hrefsIn(leading((index) => `${category}&at=${index}`))).toEqual([]);
  });

  it('says of what is allowed and unused nothing else, and tells it once where it is told by role anyway', () => {
    const roles = Array.from({ length: 14 }, (_, index) => `Role ${index}`);
    const hollow = roles.map((role) =>
      flow({ recipient: role, recipientRole: role, source: 'Any agency', sourceRole: 'Any agency', count: 0 }),
    );
    const unused = whoGivesWhat('unused', { counted: 'decisions', flows: hollow });
    expect(unused.title).toBe('14 flows are allowed and never used.');
    expect(unused.tables.map(({ caption, rows }) => [caption, rows.length])).toEqual([['Who gives what to whom', 14]]);
  });

  it('says above the table how many of its rows are drawn where that is not all', () => {
    const many = Array.from({ length: MOST_RIBBONS + 3 }, (_, index) => flow({ category: `kind ${index}`, count: index + 1 }));
    const { svg, tables } = whoGivesWhat('many', { counted: 'decisions', flows: many });
    expect(tables[0]?.caption).toBe('Who gives what to whom; 60 of 63 are drawn');
    expect(marksIn(parsed(svg), ({ attributes }) => attributes['data-row'] !== undefined)).toHaveLength(MOST_RIBBONS);
  });

  it('draws fewer than six learners alike, however many they are', () => {
    const few = whoGivesWhat('few', { counted: 'learners', flows: [flow({ count: 'c' }), flow({ category: 'reviews', count: 'c' })] });
    expect(widthOf(few, 0)).toBe(widthOf(few, 1));
    expect(few.tables[0]?.rows.map((row) => row[4])).toEqual(['c', 'c']);
  });
});
