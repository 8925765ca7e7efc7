// Views that are made anew lie apart from the file until all their rows are there.
import { mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { advance, byWho, due, lines, other, put, sums, view } from '../contract/contract-tables.ts';
import type { RowChange } from '../engine/index.ts';
import { SqliteViewStore } from './index.ts';
import { ViewsAside } from './views-aside.ts';

let folder: string;
let file: string;
let aside: ViewsAside;
let readers: SqliteViewStore;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "it's aside-"));
  file = join(folder, 'views.sqlite');
  aside = new ViewsAside({ file, cacheMib: 1 });
  readers = new SqliteViewStore({ file });
});
afterEach(async () => {
  await aside.close();
  await readers.close();
  rmSync(folder, { recursive: true });
});

const begun = async (): Promise<number> => (await aside.begin([view]))[0]?.generation ?? 0;
const shown = (generation: number) => [{ view, generation }];
const times = (who: string, kind: string, count: number): RowChange => ({
  verb: 'merge',
  table: sums,
  row: { who, kind, times: count, first: 1, last: 1, note: null },
});

it('are made though somebody else holds the file all the while, and copied once it is free', async () => {
  const generation = await begun();
  const somebody = new DatabaseSync(file);
  somebody.exec('BEGIN IMMEDIATE');
  await aside.commit([advance(generation, [put(1, 'a'), times('a', 'k', 2)])]);
  await aside.commit([advance(generation, [put(2, 'b'), times('a', 'l', 3)], { from: 1, to: 2 })]);
  const concluded = aside.conclude(view, generation);
  setImmediate(() => somebody.exec('ROLLBACK'));
  await concluded;
  somebody.close();
  expect(await aside.replace(shown(generation))).toBe(true);
  expect(await readers.rows(view, lines, { order: 'line', limit: 9 })).toEqual({
    position: 2,
    rows: [
      { line: 1, who: 'a' },
      { line: 2, who: 'b' },
    ],
  });
});

it('have totals kept up after they were copied, as before', async () => {
  const generation = await begun();
  await aside.commit([advance(generation, [times('a', 'k', 2), times('a', 'l', 3)])]);
  await aside.conclude(view, generation);
  await aside.commit([advance(generation, [times('a', 'k', 5), times('b', 'k', 1)], { from: 1, to: 2 })]);
  await aside.replace(shown(generation));
  expect((await readers.rows(view, byWho, { order: 'who', limit: 9 })).rows).toEqual([
    { who: 'a', kinds: 2, times: 10 },
    { who: 'b', kinds: 1, times: 1 },
  ]);
});

it('hash alike before and after they are copied', async () => {
  const generation = await begun();
  await aside.commit([advance(generation, [put(1, 'a'), times('a', 'k', 2)])]);
  const before = await aside.content(view, generation);
  await aside.conclude(view, generation);
  expect(await aside.content(view, generation)).toEqual(before);
  expect(before).toMatchObject({ position: 1, rows: 2 });
});

it('have their indexes whole, whether rows were looked for meanwhile, in a batch that was refused, or never', async () => {
  const generation = await begun();
  const leave = (who: string): RowChange => ({ verb: 'change', table: lines, where: { who }, set: { who: null } });
  await aside.commit([advance(generation, [put(1, 'a'), put(2, 'b'), put(3, 'b'), put(4, 'c')])]);
  const misfit: RowChange = { verb: 'put', table: lines, row: { line: 5 } };
  const again = { from: 1, to: 2 };
  await expect(aside.commit([advance(generation, [leave('a'), misfit], again)])).rejects.toMatchObject({ code: 'refused' });
  await aside.commit([advance(generation, [leave('a'), { verb: 'remove', table: lines, where: { who: 'b' } }], again)]);
  await aside.commit([advance(generation, [put(6, 'c'), due(1, 'a', '2026-01-05')], { from: 2, to: 3 })]);
  await aside.replace(shown(generation));
  expect((await readers.rows(view, lines, { order: 'line', where: { who: 'c' }, limit: 9 })).rows.map(({ line }) => line)).toEqual([4, 6]);
  expect((await readers.rows(view, lines, { order: 'line', limit: 9 })).rows.map(({ line }) => line)).toEqual([1, 4, 6]);
  const db = new DatabaseSync(file, { readOnly: true });
  expect(db.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
  const indexes = db.prepare(
    "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND name GLOB 'some_view__*' ORDER BY name",
  );
  expect(indexes.all().map(({ name }) => String(name).split('__').slice(2))).toEqual([
    ['dues', '0'],
    ['lines', '0'],
  ]);
  db.close();
});

it('are given up where another process has begun anew meanwhile, and its own are left alone', async () => {
  const generation = await begun();
  await aside.commit([advance(generation, [put(1, 'a')])]);
  const [{ generation: later = 0 } = {}] = await readers.begin([view]);
  await readers.commit([advance(later, [put(7, 'c')])]);
  await expect(aside.conclude(view, generation)).rejects.toMatchObject({ code: 'moved-on', view: 'some-view' });
  expect(await readers.replace(shown(later))).toBe(true);
  expect((await readers.rows(view, lines, { order: 'line', limit: 9 })).rows).toEqual([{ line: 7, who: 'c' }]);
});

it('begin anew without a row of an earlier attempt, which can be moved no further', async () => {
  const first = await begun();
  await aside.commit([advance(first, [put(1, 'a')])]);
  const second = await begun();
  await expect(aside.commit([advance(first, [put(2, 'a')], { from: 1, to: 2 })])).rejects.toMatchObject({ code: 'moved-on' });
  await aside.commit([advance(second, [put(9)])]);
  await aside.replace(shown(second));
  expect((await readers.rows(view, lines, { order: 'line', limit: 9 })).rows).toEqual([{ line: 9, who: null }]);
});

const tables = (): readonly unknown[] => {
  const db = new DatabaseSync(file, { readOnly: true });
  const found = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB '*__*' ORDER BY name").all();
  db.close();
  return found.map(({ name }) => name);
};

it('leave nothing in the file, and no other file, where they are broken off, copied or not', async () => {
  const [one, two] = (await aside.begin([view, other])).map(({ generation }) => generation) as [number, number];
  await aside.commit([advance(one, [put(1, 'a')]), advance(two, [put(1, 'a')], { shape: other })]);
  await aside.conclude(view, one);
  expect(tables().length).toBeGreaterThan(3);
  await aside.close();
  expect(tables()).toEqual([]);
  expect(readdirSync(folder).filter((name) => !name.startsWith('views.sqlite'))).toEqual([]);
});

it('leave what others see of them, and nothing else, where some were not to be seen', async () => {
  const [one, two] = (await aside.begin([view, other])).map(({ generation }) => generation) as [number, number];
  await aside.commit([advance(one, [put(1, 'a')]), advance(two, [put(1, 'a')], { shape: other })]);
  await aside.conclude(other, two);
  await aside.replace(shown(one));
  await aside.close();
  expect(tables().filter((name) => !String(name).startsWith(`some_view__${one}__`))).toEqual([]);
  expect((await readers.rows(view, lines, { order: 'line', limit: 9 })).rows).toHaveLength(1);
});

const openUnder = (place: string): readonly string[] =>
  readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/self/fd/${fd}`)].filter((name) => name.startsWith(place));
    } catch {
      return []; // closed meanwhile
    }
  });

it('lie beside the file where memory is short, in one that has no name', async () => {
  const generation = await begun();
  const many = Array.from({ length: 20_000 }, (_, line) => put(line, `somebody ${line}`.padEnd(100, '.')));
  await aside.commit([advance(generation, many)]);
  expect(readdirSync(folder).filter((name) => !name.startsWith('views.sqlite'))).toEqual([]);
  if (process.platform === 'linux') expect(openUnder(folder).filter((name) => name.endsWith('(deleted)'))).toHaveLength(1);
  await aside.replace(shown(generation));
  expect(await readers.content(view, generation)).toMatchObject({ position: 1, rows: 20_000 });
});
