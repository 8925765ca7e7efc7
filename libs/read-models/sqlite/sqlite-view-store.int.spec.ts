import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Advance, type RowChange, table, type ViewShape } from '../engine/index.ts';
import { SqliteViewStore } from './index.ts';

const sums = table({
  name: 'sums',
  columns: { who: 'text', kind: 'text', times: 'integer', first: 'integer', last: 'integer', note: 'text?' },
  key: ['who', 'kind'],
  merge: { times: 'sum', first: 'min', last: 'max' },
});
const lines = table({ name: 'lines', columns: { line: 'integer', who: 'text?' }, key: ['line'], indexes: [['who']] });
const view: ViewShape = { name: 'some-view', version: 1, tables: [sums, lines] };
const other: ViewShape = { name: 'other', version: 1, tables: [lines] };

let folder: string;
let views: SqliteViewStore;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'views-'));
  views = new SqliteViewStore({ file: join(folder, 'views.sqlite') });
});
afterEach(async () => {
  await views.close();
  rmSync(folder, { recursive: true });
});

const opened = async (shape = view): Promise<number> => (await views.open([shape]))[0]?.generation ?? 0;
const advance = (generation: number, changes: readonly RowChange[], { shape = view, from = 0, to = 1 } = {}): Advance => ({
  view: shape,
  generation,
  from,
  to,
  changes,
});
const put = (line: number, who: string | null = null): RowChange => ({ verb: 'put', table: lines, row: { line, who } });
const merge = (who: string, at: number, note: string | null = null): RowChange => ({
  verb: 'merge',
  table: sums,
  row: { who, kind: 'k', times: 1, first: at, last: at, note },
});
const allLines = async () => (await views.rows(view, lines, { order: 'line', limit: 100 })).rows;
const allSums = async () => (await views.rows(view, sums, { order: 'who', limit: 100 })).rows;

describe('views in SQLite', () => {
  it('put, merge, change and remove rows', async () => {
    const generation = await opened();
    const changes: RowChange[] = [
      put(1, 'a'),
      put(1, 'b'),
      put(2),
      put(3),
      { verb: 'change', table: lines, where: { who: null }, set: { who: 'c' } },
      { verb: 'remove', table: lines, where: { line: 3 } },
      merge('a', 5, 'x'),
      merge('a', 3),
      merge('b', 1),
    ];
    await views.commit([advance(generation, changes)]);
    await views.commit([advance(generation, [merge('a', 9), { verb: 'remove', table: sums, where: { who: 'b' } }], { from: 1, to: 2 })]);
    expect(await allLines()).toEqual([
      { line: 1, who: 'b' },
      { line: 2, who: 'c' },
    ]);
    expect(await allSums()).toEqual([{ who: 'a', kind: 'k', times: 3, first: 3, last: 9, note: null }]);
  });

  it('come to the same whether changes arrive in one commit or in one each', async () => {
    const place = { who: fc.constantFrom('a', 'b', '1:a'), at: fc.nat(9) };
    const change = fc.oneof(
      { weight: 5, arbitrary: fc.record(place).map(({ who, at }) => merge(who, at, `n${at}`)) },
      fc.record(place).map(({ who, at }): RowChange => ({
        verb: 'put',
        table: sums,
        row: { who, kind: 'k', times: at, first: at, last: at, note: null },
      })),
      fc.record(place).map(({ who, at }): RowChange => ({ verb: 'change', table: sums, where: { who }, set: { times: at } })),
      fc.record(place).map(({ who }): RowChange => ({ verb: 'remove', table: sums, where: { who } })),
      fc.record(place).map(({ who, at }) => put(at, who)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 20 }), async (changes) => {
        const [together, apart] = [(await views.begin([view]))[0]?.generation ?? 0, await opened()];
        await views.commit([advance(together, changes)]);
        await views.commit(changes.map((one, index) => advance(apart, [one], { from: index, to: index + 1 })));
        expect((await views.content(view, together)).hash).toBe((await views.content(view, apart)).hash);
        await views.restart([view]);
      }),
      { numRuns: 60, seed: 5 },
    );
  });

  it('commit all of a batch or nothing, the checkpoint included', async () => {
    const [one, two] = [await opened(), await opened(other)];
    const misfit: RowChange = { verb: 'put', table: lines, row: { line: 2 } };
    const refused = views.commit([advance(one, [put(1)]), advance(two, [put(1), misfit], { shape: other })]);
    await expect(refused).rejects.toMatchObject({ code: 'refused', view: 'other' });
    expect(await views.rows(view, lines, { order: 'line', limit: 9 })).toEqual({ position: 0, rows: [] });
    expect(await views.current(other)).toMatchObject({ position: 0 });
    const keyless: RowChange = { verb: 'put', table: lines, row: { line: null, who: 'a' } };
    await expect(views.commit([advance(one, [keyless])])).rejects.toMatchObject({ code: 'refused' });
  });

  it('refuse a batch that begins elsewhere than the view stands, as when another process moved or replaced it', async () => {
    const generation = await opened();
    await views.commit([advance(generation, [put(1)])]);
    await expect(views.commit([advance(generation, [put(2)])])).rejects.toMatchObject({ code: 'moved-on', view: 'some-view' });
    await views.restart([view]);
    await expect(views.commit([advance(generation, [put(2)], { from: 1, to: 2 })])).rejects.toMatchObject({ code: 'moved-on' });
    await expect(views.content(view, generation)).rejects.toMatchObject({ code: 'moved-on' });
    await expect(views.replace([{ view, generation }])).rejects.toMatchObject({ code: 'moved-on' });
    expect(await allLines()).toEqual([]);
  });

  it('replace views at once, and not by ones that are behind', async () => {
    const [one, two] = [await opened(), await opened(other)];
    await views.commit([advance(one, [put(1)]), advance(two, [put(1)], { shape: other })]);
    const [fresh, behind] = (await views.begin([view, other])).map(({ generation }) => generation) as [number, number];
    await views.commit([advance(fresh, [put(2)], { to: 5 })]);
    const generations = [
      { view, generation: fresh },
      { view: other, generation: behind },
    ];
    expect(await views.replace(generations)).toBe(false);
    expect(await allLines()).toEqual([{ line: 1, who: null }]);
    await views.commit([advance(behind, [], { shape: other })]);
    expect(await views.replace(generations)).toBe(true);
    expect(await allLines()).toEqual([{ line: 2, who: null }]);
    expect(await views.current(view)).toMatchObject({ generation: fresh, position: 5 });
  });

  it('show nothing of another version', async () => {
    await views.commit([advance(await opened(), [put(1)])]);
    const next = { ...view, version: 2 };
    expect(await views.current(next)).toBeUndefined();
    expect(await views.rows(next, lines, { order: 'line', limit: 9 })).toEqual({ position: 0, rows: [] });
    await views.open([next]);
    expect(await views.current(view)).toBeUndefined();
    expect(await views.current(next)).toMatchObject({ position: 0 });
  });

  it('find rows by values and by page, in both directions, and count them', async () => {
    await views.commit([advance(await opened(), [put(1, 'a'), put(2, 'b'), put(3, 'a'), put(4), put(5, 'a')], { to: 7 })]);
    const found = async (query: object) =>
      (await views.rows(view, lines, { order: 'line', limit: 9, ...query })).rows.map(({ line }) => line);
    expect(await found({ where: { who: 'a' }, after: 1 })).toEqual([3, 5]);
    expect(await found({ where: { who: 'a' }, newestFirst: true, after: 5, limit: 1 })).toEqual([3]);
    expect(await found({ where: { who: null } })).toEqual([4]);
    expect(await found({ where: { who: "'; DROP TABLE generations; --" } })).toEqual([]);
    expect(await views.count(view, lines, { by: ['who'] })).toEqual({
      position: 7,
      rows: [
        { who: null, count: 1 },
        { who: 'a', count: 3 },
        { who: 'b', count: 1 },
      ],
    });
    expect((await views.count(view, lines, { by: ['who'], where: { line: 2 } })).rows).toEqual([{ who: 'b', count: 1 }]);
  });

  it('hash equal rows alike, whatever the order and generation they came in', async () => {
    const generation = await opened();
    const fresh = (await views.begin([view]))[0]?.generation ?? 0;
    await views.commit([advance(generation, [put(1, 'é'), put(2)]), advance(fresh, [put(2), put(1, 'é')], { to: 9 })]);
    const content = await views.content(view, generation);
    const canonical = '["lines",["line","who"]]\n[1,"é"]\n[2,null]\n["sums",["who","kind","times","first","last","note"]]\n';
    expect(content).toEqual({ position: 1, rows: 2, hash: createHash('sha256').update(canonical).digest('hex') });
    expect(await views.content(view, fresh)).toEqual({ ...content, position: 9 });
    await views.commit([advance(fresh, [put(2, 'a')], { from: 9, to: 10 })]);
    expect((await views.content(view, fresh)).hash).not.toBe(content.hash);
  });

  it('are readable by their owner alone', () => {
    expect(statSync(join(folder, 'views.sqlite')).mode & 0o777).toBe(0o600);
  });

  it('say what to do with a damaged file, and that they are closed', async () => {
    writeFileSync(join(folder, 'damaged.sqlite'), 'not a database, but long enough to be read as one'.repeat(100));
    expect(() => new SqliteViewStore({ file: join(folder, 'damaged.sqlite') })).toThrow(
      expect.objectContaining({ code: 'unavailable', message: expect.stringContaining('delete it') }),
    );
    await views.close();
    await views.close();
    await expect(views.open([view])).rejects.toMatchObject({ code: 'closed' });
  });

  it.each([
    { shape: { name: 'sums', columns: { 'who"': 'text' }, key: ['who"'] } as const, says: 'cannot name a column' },
    {
      shape: { name: 'sums', columns: { who: 'text', last: 'integer?' }, key: ['who'], merge: { last: 'max' } } as const,
      says: 'cannot be merged',
    },
  ])('refuse a table that is declared wrong: $says', async ({ shape, says }) => {
    await expect(views.open([{ name: 'wrong', version: 1, tables: [shape] }])).rejects.toThrow(says);
  });
});
