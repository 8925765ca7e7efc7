// What holds of every picture: it is named and described, keeps to the pages' policy, and draws what its tables say.
import { circle, duties, flows, guarantee, life, looks, matrix, repeats, stop, weeks } from './fixtures/examples.ts';
import { type Mark, marked, marksIn, parsed } from './fixtures/drawn.ts';
import { figureOf, type Picture } from './picture.ts';

const ALL: Readonly<Record<string, Picture>> = { life, flows, stop, matrix, looks, duties, guarantee, weeks, repeats, circle };

describe.each(Object.entries(ALL))('the picture %s', (id, picture) => {
  const all = marksIn(parsed(picture.svg), () => true);

  it('is named by its finding and described, and needs neither script nor style', () => {
    const [svg] = all;
    const labelled = (name: string): Mark | undefined => all.find(({ attributes }) => attributes['id'] === svg?.attributes[name]);
    expect(labelled('aria-labelledby')).toMatchObject({ name: 'title', text: picture.title });
    expect(labelled('aria-describedby')).toMatchObject({ name: 'desc', text: picture.description });
    expect(picture.title).toMatch(/^\S.*\.$/);
    expect(all.map(({ name }) => name)).not.toContain('script');
    const names = new Set(all.flatMap(({ attributes }) => Object.keys(attributes)));
    expect([...names].filter((name) => name === 'style' || name.startsWith('on'))).toEqual([]);
  });

  it('draws rows of its tables, and no others; what it refers to within is its own', () => {
    const drawn = all.flatMap(({ attributes }) => attributes['data-row'] ?? []);
    expect(drawn.length).toBeGreaterThanOrEqual(id === 'matrix' ? 0 : 1);
    for (const row of drawn) {
      const [table, index] = row.includes('.') ? row.split('.') : ['0', row];
      expect(picture.tables[Number(table)]?.rows[Number(index)]).toBeDefined();
    }
    const ids = new Set(all.flatMap(({ attributes }) => attributes['id'] ?? []));
    const fills = all.flatMap(({ attributes }) => /^url\(#(.+)\)$/.exec(attributes['fill'] ?? '')?.[1] ?? []);
    expect(fills.filter((fill) => !ids.has(fill) || !fill.startsWith(id))).toEqual([]);
  });

  it('stands with its tables in one figure', () => {
    const page = marksIn(parsed(figureOf(picture)), () => true);
    expect(page.filter(({ name }) => name === 'caption').map(({ text }) => text)).toEqual(picture.tables.map(({ caption }) => caption));
    const cells = picture.tables.flatMap(({ rows }) => rows.flat().map(String));
    const body = page.filter(({ name, attributes }) => name === 'td' || attributes['scope'] === 'row');
    const wide = (cell: Mark): string => marked(cell, 'class', 'picture-when-wide')[0]?.text ?? cell.text;
    expect(body.map(wide)).toEqual(cells);
  });

  it('leads from the rows of its tables, where no drawing is shown, wherever its marks lead', () => {
    const inTables = marksIn(parsed(figureOf(picture)), ({ attributes }) => attributes['class'] === 'govuk-link picture-when-narrow');
    const inDrawing = all.filter(({ name }) => name === 'a');
    expect(inTables.map(({ attributes }) => attributes['href'])).toEqual(inDrawing.map(({ attributes }) => attributes['href']));
    const names = inTables.map(({ text }) => text);
    expect(new Set(names).size).toBe(names.length);
  });
});
