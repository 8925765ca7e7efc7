// What is found, in which order, and where a page goes on (ADR 0027).
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RowChange } from '../engine/index.ts';
import { advance, due, dues, lines, ones, other, people, put, view } from './contract-tables.ts';
import { type MakeStore, storeForEach } from './store-for-each.ts';

export const queryContract = (name: string, make: MakeStore): void =>
  describe(`questions to views in ${name}`, () => {
    const store = storeForEach(make);
    const opened = async (shape = view): Promise<number> => (await store().open([shape]))[0]?.generation ?? 0;

    it('find rows by values and by page, in both directions, and count them', async () => {
      await store().commit([advance(await opened(), [put(1, 'a'), put(2, 'b'), put(3, 'a'), put(4), put(5, 'a')], { to: 7 })]);
      const found = async (query: object) =>
        (await store().rows(view, lines, { order: 'line', limit: 9, ...query })).rows.map(({ line }) => line);
      expect(await found({ where: { who: 'a' }, after: 1 })).toEqual([3, 5]);
      expect(await found({ where: { who: 'a' }, newestFirst: true, after: 5, limit: 1 })).toEqual([3]);
      expect(await found({ where: { who: null } })).toEqual([4]);
      expect(await found({ where: { who: "'; DROP TABLE generations; --" } })).toEqual([]);
      expect(await store().count(view, lines, { by: ['who'] })).toEqual({
        position: 7,
        rows: [
          { who: null, count: 1 },
          { who: 'a', count: 3 },
          { who: 'b', count: 1 },
        ],
      });
      expect((await store().count(view, lines, { by: ['who'], where: { line: 2 } })).rows).toEqual([{ who: 'b', count: 1 }]);
    });

    it('find rows within ranges, both ends included, and those without a value in none', async () => {
      await store().commit([
        advance(await opened(), [due(1, 'a', '2026-01-05'), due(2, 'a', '2026-01-09'), due(3, 'b', '2026-01-09'), due(4, 'a', null)]),
      ]);
      const found = async (query: object) =>
        (await store().rows(view, dues, { order: 'line', limit: 9, ...query })).rows.map(({ line }) => line);
      expect(await found({ between: { due: { from: '2026-01-05', to: '2026-01-08' } } })).toEqual([1]);
      expect(await found({ between: { due: { from: '2026-01-06' } } })).toEqual([2, 3]);
      expect(await found({ where: { who: 'a' }, between: { due: { to: '2026-01-09' }, line: { from: 2 } } })).toEqual([2]);
    });

    it('order by several columns, and go on after a row of a page without leaving out any or showing one twice', async () => {
      const row = fc.record({
        line: fc.nat(40),
        who: fc.constantFrom('a', 'b'),
        day: fc.option(fc.constantFrom('2026-01-05', '2026-01-09'), { nil: null }),
      });
      await fc.assert(
        fc.asyncProperty(
          fc.array(row, { maxLength: 30 }),
          fc.boolean(),
          fc.integer({ min: 1, max: 7 }),
          async (rows, newestFirst, limit) => {
            await store().restart([view]);
            await store().commit([
              advance(
                await opened(),
                rows.map(({ line, who, day }) => due(line, who, day)),
              ),
            ]);
            const ask = { where: { who: 'a' }, order: ['open_due', 'line'], newestFirst } as const;
            const whole = (await store().rows(view, dues, { ...ask, limit: 99 })).rows;
            const paged: (typeof whole)[number][] = [];
            for (;;) {
              const last = paged.at(-1);
              const page = await store().rows(view, dues, { ...ask, limit, ...(last && { after: [last.open_due, last.line] }) });
              paged.push(...page.rows);
              if (page.rows.length < limit) break;
            }
            expect(paged).toEqual(whole);
            const inOrder = [...whole].sort((one, other) =>
              one.open_due === other.open_due ? one.line - other.line : one.open_due < other.open_due ? -1 : 1,
            );
            expect(whole).toEqual(newestFirst ? inOrder.reverse() : inOrder);
          },
        ),
        { numRuns: 30, seed: 7 },
      );
    });

    it.each([1, 3000])('find rows whose value stands in tables of another view, however many stand there (%i)', async (many) => {
      await store().open([view, other]);
      const [mine = 0, theirs = 0] = [await opened(), await opened(other)];
      const odd = Array.from({ length: many }, (_, n) => put(2 * n + 1, 'odd'));
      await store().commit([
        advance(
          mine,
          [5, 1, 2, 3, 4, 7, 8].map((line) => due(line, line < 7 ? 'a' : 'b', '2026-01-05')),
          { to: 9 },
        ),
        advance(theirs, [...odd, put(3, 'odd'), put(8, 'eight'), put(4, "'"), put(2, 'none')], { shape: other, to: 7 }),
      ]);
      const found = async (values: readonly string[], query: object = {}) => {
        const any = values.map((value) => ({ table: lines, column: 'who', value }));
        return store().rows(view, dues, { among: { column: 'line', view: other, any }, order: ['due', 'line'], limit: 9, ...query });
      };
      const among = async (...asked: Parameters<typeof found>) => (await found(...asked)).rows.map(({ line }) => line);
      expect([await among(['odd', 'eight']), await among(['eight', 'x']), await among([]), await among(["' OR 1=1"])]).toEqual([
        many === 1 ? [1, 3, 8] : [1, 3, 5, 7, 8],
        [8],
        [],
        [],
      ]);
      const page = { where: { who: 'a' }, newestFirst: true, after: ['2026-01-05', 5], between: { line: { from: 2 } } };
      expect([await among(['odd'], page), (await found(['odd'])).position]).toEqual([[3], 7]);
    });

    it.each([1, 3000])('find rows whose value stands for one with a value that stands there (%i)', async (many) => {
      await store().open([view, people]);
      const [mine = 0, theirs = 0] = [await opened(), await opened(people)];
      const one = (line: number, who: string): RowChange => ({ verb: 'put', table: ones, row: { line, by: 'm', who } });
      const asked = Array.from({ length: many }, (_, n) => put(100_001 + n, 'asked'));
      await store().commit([
        advance(
          mine,
          [1, 2, 3, 4, 5, 8].map((line) => due(line, 'a', '2026-01-05')),
          { to: 9 },
        ),
        advance(theirs, [...asked, put(2, 'asked'), put(5, 'too'), one(2, 'p'), one(8, 'p'), one(4, 'q'), one(5, 'q')], {
          shape: people,
          to: 7,
        }),
      ]);
      const among = async (values: readonly string[], query: object = {}) => {
        const any = values.map((value) => ({ table: lines, column: 'who', value }));
        const united = { table: ones, by: 'who' };
        const asks = { among: { column: 'line' as const, view: people, any, united }, order: ['due', 'line'] as const, limit: 9, ...query };
        return (await store().rows(view, dues, asks)).rows.map(({ line }) => line);
      };
      expect([await among(['asked']), await among(['too', 'asked']), await among(['nobody']), await among([])]).toEqual([
        [2, 8],
        [2, 4, 5, 8],
        [],
        [],
      ]);
      const page = { where: { who: 'a' }, newestFirst: true, after: ['2026-01-05', 8] };
      expect(await among(['too', 'asked'], page)).toEqual([5, 4, 2]);
    });

    it('refuse to go on after too few values', async () => {
      await opened();
      await expect(store().rows(view, dues, { order: ['open_due', 'line'], after: ['2026-01-05'], limit: 1 })).rejects.toThrow('2 values');
    });

    it('let events write their own columns of one row, in whichever order, and work out what is open', async () => {
      const told: RowChange[] = [
        due(1, 'a', '2026-01-19', { since: '2026-01-05' }),
        due(1, 'a', null, { settled: '2026-01-03' }),
        due(1, 'a', null),
      ];
      const generation = await opened();
      await store().commit([advance(generation, told)]);
      const [row] = (await store().rows(view, dues, { order: 'line', limit: 1 })).rows;
      expect(row).toEqual({ line: 1, who: 'a', due: '2026-01-19', since: '2026-01-05', settled: '2026-01-03', open_due: '2026-01-19' });
      const backwards = (await store().begin([view]))[0]?.generation ?? 0;
      await store().commit([advance(backwards, [...told].reverse())]);
      expect((await store().content(view, backwards)).hash).toBe((await store().content(view, generation)).hash);
      await store().commit([advance(generation, [due(1, 'a', null, { settled: '2026-01-05' })], { from: 1, to: 2 })]);
      expect((await store().rows(view, dues, { where: { open_due: 'none' }, order: 'line', limit: 1 })).rows[0]?.settled).toBe(
        '2026-01-05',
      );
    });
  });
