// What stores draw by themselves from rows of another table stands at each moment as if it were drawn of all of them anew (ADR 0067).
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Row, RowChange, TableShape } from '../engine/index.ts';
import { advance, concluding, lastDue, settledAtOnce, settledDays, terms } from './contract-tables.ts';
import { type MakeStore, storeForEach } from './store-for-each.ts';

const put = (who: string, line: number, due: string, settled: string | null = null): RowChange => ({
  verb: 'put',
  table: terms,
  row: { who, line, due, settled },
});

const place = { who: fc.constantFrom('a', 'b'), line: fc.nat(4) };
const day = fc.constantFrom('2026-01-05', '2026-01-06');
const change: fc.Arbitrary<RowChange> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ ...place, due: day, settled: fc.option(day) }).map((at) => put(at.who, at.line, at.due, at.settled)),
  },
  fc.record({ ...place, due: day }).map(({ due, ...row }): RowChange => ({
    verb: 'merge',
    table: terms,
    row: { ...row, due, settled: null },
  })),
  fc
    .record({ ...place, settled: day })
    .map(({ settled, ...where }): RowChange => ({ verb: 'change', table: terms, where, set: { settled } })),
  fc.record(place).map((where): RowChange => ({ verb: 'remove', table: terms, where })),
  fc.record({ who: place.who }).map((where): RowChange => ({ verb: 'remove', table: terms, where })),
);

export const conclusionContract = (name: string, make: MakeStore): void =>
  describe(`conclusions of views in ${name}`, () => {
    const store = storeForEach(make);
    const opened = async (): Promise<number> => (await store().open([concluding]))[0]?.generation ?? 0;
    const found = async () => (await store().rows(concluding, settledAtOnce, { order: ['who', 'day'], limit: 99 })).rows;
    const foundLast = async () => (await store().rows(concluding, lastDue, { order: ['who', 'due'], limit: 99 })).rows;
    const drawnOf = async ({ conclusions, key }: TableShape): Promise<readonly Row[]> => {
      const { rows } = await store().rows(concluding, terms, { order: ['who', 'line'], limit: 99 });
      const all = [...Map.groupBy(rows, ({ who }) => who).values()].flatMap((of) => conclusions?.draw(of) ?? []);
      const placeOf = (row: Row): string => key.map((name) => row[name]).join(' ');
      return all.toSorted((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
    };
    const drawn = () => drawnOf(settledAtOnce);

    const totalled = async () => (await store().rows(concluding, settledDays, { order: 'who', limit: 99 })).rows;
    const totalsOf = (rows: Awaited<ReturnType<typeof found>>): readonly Row[] =>
      [...Map.groupBy(rows, ({ who }) => who)].map(([who, of]) => ({
        who,
        days: of.length,
        many: of.reduce((sum, { many }) => sum + many, 0),
      }));

    it('are what all rows come to after each batch, however these come, and so are totals of them', async () => {
      let met = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(fc.array(change, { minLength: 1, maxLength: 4 }), { maxLength: 6 }), async (batches) => {
          await store().restart([concluding]);
          const generation = await opened();
          for (const [from, changes] of batches.entries()) {
            await store().commit([advance(generation, changes, { shape: concluding, from, to: from + 1 })]);
            const now = await found();
            expect(now).toEqual(await drawn());
            expect(await foundLast()).toEqual(await drawnOf(lastDue));
            expect(await totalled()).toEqual(totalsOf(now));
            met += now.length;
          }
        }),
        { numRuns: 80, seed: 11 },
      );
      expect(met).toBeGreaterThan(100);
    });

    it('are those of all rows in a generation that takes the place of another, whenever they are asked for before', async () => {
      let met = 0;
      const batches = fc.array(fc.array(change, { minLength: 1, maxLength: 8 }), { maxLength: 6 });
      await fc.assert(
        fc.asyncProperty(batches, fc.nat(7), fc.nat(7), async (all, first, again) => {
          const fresh = (await store().begin([concluding]))[0]?.generation ?? 0;
          for (const [from, changes] of all.entries()) {
            if (from === first || from === again) await store().conclude(concluding, fresh);
            await store().commit([advance(fresh, changes, { shape: concluding, from, to: from + 1 })]);
          }
          await store().restart([concluding]);
          expect(await store().replace([{ view: concluding, generation: fresh }])).toBe(true);
          const now = await found();
          expect(now).toEqual(await drawn());
          expect(await foundLast()).toEqual(await drawnOf(lastDue));
          met += now.length;
        }),
        { numRuns: 60, seed: 12 },
      );
      expect(met).toBeGreaterThan(50);
    });

    it('are drawn of many rows at once, though one value has more of them than are looked at together', async () => {
      const fresh = (await store().begin([concluding]))[0]?.generation ?? 0;
      const day = '2026-01-05';
      const lines = (who: string, many: number): RowChange[] => Array.from({ length: many }, (_, line) => put(who, line, day, day));
      const changes = [...lines('a', 15_000), ...lines('b', 25_000), ...lines('c', 1), ...lines('d', 6000)];
      await store().commit([advance(fresh, changes, { shape: concluding })]);
      await store().conclude(concluding, fresh);
      await store().replace([{ view: concluding, generation: fresh }]);
      const last = Object.entries({ a: 14_999, b: 24_999, c: 0, d: 5999 });
      expect(await found()).toEqual(last.map(([who, line]) => ({ who, day, line, many: line + 1 })));
    });

    it('are refused to a generation that is gone', async () => {
      const [{ generation: fresh = 0 } = {}] = await store().begin([concluding]);
      await store().begin([concluding]);
      await expect(store().conclude(concluding, fresh)).rejects.toMatchObject({ code: 'moved-on', view: 'concluding' });
    });

    it('are found by values, in order and by page, and are no part of what is hashed', async () => {
      const generation = await opened();
      const day = '2026-01-05';
      await store().commit([advance(generation, [put('b', 1, day, day), put('a', 2, day, day), put('a', 7, day)], { shape: concluding })]);
      const ask = { where: { day }, order: 'who', limit: 1 } as const;
      expect((await store().rows(concluding, settledAtOnce, ask)).rows).toEqual([{ who: 'a', day, line: 7, many: 2 }]);
      expect((await store().rows(concluding, settledAtOnce, { ...ask, after: 'a' })).rows).toEqual([{ who: 'b', day, line: 1, many: 1 }]);
      expect(await store().content(concluding, generation)).toMatchObject({ rows: 3 });
    });

    it('are undone with a batch that is refused', async () => {
      const generation = await opened();
      const day = '2026-01-05';
      await store().commit([advance(generation, [put('a', 1, day, day)], { shape: concluding })]);
      const misfit: RowChange = { verb: 'put', table: terms, row: { who: 'a', line: null, due: day, settled: null } };
      const again = { shape: concluding, from: 1, to: 2 };
      await expect(store().commit([advance(generation, [put('a', 2, day, day), misfit], again)])).rejects.toMatchObject({
        code: 'refused',
      });
      expect(await found()).toEqual([{ who: 'a', day, line: 1, many: 1 }]);
    });

    it('are refused of a change that does not say whose rows it touches, and of tables whose keys do not begin with that', async () => {
      const generation = await opened();
      const nobodys: RowChange = { verb: 'remove', table: terms, where: { line: 1 } };
      const refused = store().commit([advance(generation, [nobodys], { shape: concluding })]);
      await expect(refused).rejects.toMatchObject({ code: 'refused', view: 'concluding' });
      const strange = { ...settledAtOnce, conclusions: { of: 'terms', by: 'line', draw: () => [] } };
      await expect(store().open([{ ...concluding, version: 2, tables: [terms, strange] }])).rejects.toThrow(RangeError);
    });
  });
