// Rows and checkpoint change together or not at all (invariant 9, ADR 0009).
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import type { RowChange } from '../engine/index.ts';
import { advance, byWho, lines, merge, other, put, sums, view } from './contract-tables.ts';
import { type MakeStore, storeForEach } from './store-for-each.ts';

export const changeContract = (name: string, make: MakeStore): void =>
  describe(`changes of views in ${name}`, () => {
    const store = storeForEach(make);
    const opened = async (shape = view): Promise<number> => (await store().open([shape]))[0]?.generation ?? 0;
    const allLines = async () => (await store().rows(view, lines, { order: 'line', limit: 100 })).rows;
    const allSums = async () => (await store().rows(view, sums, { order: 'who', limit: 100 })).rows;

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
      await store().commit([advance(generation, changes)]);
      await store().commit([
        advance(generation, [merge('a', 9), { verb: 'remove', table: sums, where: { who: 'b' } }], { from: 1, to: 2 }),
      ]);
      expect(await allLines()).toEqual([
        { line: 1, who: 'b' },
        { line: 2, who: 'c' },
      ]);
      expect(await allSums()).toEqual([{ who: 'a', kind: 'k', times: 3, first: 3, last: 9, note: null }]);
    });

    it('keep totals up with what is put, merged, changed and removed, and leave none of nothing', async () => {
      const generation = await opened();
      const totals = async () => (await store().rows(view, byWho, { order: 'who', limit: 9 })).rows;
      const of = (who: string, kind: string, times: number): RowChange => ({
        verb: 'put',
        table: sums,
        row: { who, kind, times, first: 1, last: 1, note: null },
      });
      await store().commit([advance(generation, [of('a', 'k', 4), of('a', 'l', 2), of('b', 'k', 9), merge('a', 3), merge('c', 1)])]);
      const all = [
        { who: 'a', kinds: 2, times: 7 },
        { who: 'b', kinds: 1, times: 9 },
        { who: 'c', kinds: 1, times: 1 },
      ];
      expect(await totals()).toEqual(all);
      const changes: RowChange[] = [
        of('b', 'k', 5),
        { verb: 'change', table: sums, where: { kind: 'l' }, set: { times: 10 } },
        { verb: 'remove', table: sums, where: { who: 'c' } },
      ];
      await store().commit([advance(generation, changes, { from: 1, to: 2 })]);
      const left = [
        { who: 'a', kinds: 2, times: 15 },
        { who: 'b', kinds: 1, times: 5 },
      ];
      expect(await totals()).toEqual(left);
      const fresh = (await store().begin([view]))[0]?.generation ?? 0;
      await store().commit([advance(fresh, [of('a', 'k', 1)], { to: 3 })]);
      expect(await totals()).toEqual(left);
      await store().replace([{ view, generation: fresh }]);
      expect(await totals()).toEqual([{ who: 'a', kinds: 1, times: 1 }]);
    });

    it('refuse totals of a table that is not there or has not their columns', async () => {
      const strange = { ...byWho, totals: { of: 'lines', rows: 'kinds' } };
      await expect(store().open([{ ...other, tables: [lines, strange] }])).rejects.toThrow(RangeError);
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
          const [together, apart] = [(await store().begin([view]))[0]?.generation ?? 0, await opened()];
          await store().commit([advance(together, changes)]);
          await store().commit(changes.map((one, index) => advance(apart, [one], { from: index, to: index + 1 })));
          expect((await store().content(view, together)).hash).toBe((await store().content(view, apart)).hash);
          await store().restart([view]);
        }),
        { numRuns: 60, seed: 5 },
      );
    });

    it('commit all of a batch or nothing, the checkpoint included', async () => {
      const [one, two] = [await opened(), await opened(other)];
      const misfit: RowChange = { verb: 'put', table: lines, row: { line: 2 } };
      const refused = store().commit([advance(one, [put(1)]), advance(two, [put(1), misfit], { shape: other })]);
      await expect(refused).rejects.toMatchObject({ code: 'refused', view: 'other' });
      expect(await store().rows(view, lines, { order: 'line', limit: 9 })).toEqual({ position: 0, rows: [] });
      expect(await store().current(other)).toMatchObject({ position: 0 });
      const keyless: RowChange = { verb: 'put', table: lines, row: { line: null, who: 'a' } };
      await expect(store().commit([advance(one, [keyless])])).rejects.toMatchObject({ code: 'refused' });
    });

    it('refuse a batch that begins elsewhere than the view stands, as when another process moved or replaced it', async () => {
      const generation = await opened();
      await store().commit([advance(generation, [put(1)])]);
      await expect(store().commit([advance(generation, [put(2)])])).rejects.toMatchObject({ code: 'moved-on', view: 'some-view' });
      await store().restart([view]);
      await expect(store().commit([advance(generation, [put(2)], { from: 1, to: 2 })])).rejects.toMatchObject({ code: 'moved-on' });
      await expect(store().content(view, generation)).rejects.toMatchObject({ code: 'moved-on' });
      await expect(store().replace([{ view, generation }])).rejects.toMatchObject({ code: 'moved-on' });
      expect(await allLines()).toEqual([]);
    });

    it('replace views at once, and not by ones that are behind', async () => {
      const [one, two] = [await opened(), await opened(other)];
      await store().commit([advance(one, [put(1)]), advance(two, [put(1)], { shape: other })]);
      const [fresh, behind] = (await store().begin([view, other])).map(({ generation }) => generation) as [number, number];
      await store().commit([advance(fresh, [put(2)], { to: 5 })]);
      const generations = [
        { view, generation: fresh },
        { view: other, generation: behind },
      ];
      expect(await store().replace(generations)).toBe(false);
      expect(await allLines()).toEqual([{ line: 1, who: null }]);
      await store().commit([advance(behind, [], { shape: other })]);
      expect(await store().replace(generations)).toBe(true);
      expect(await allLines()).toEqual([{ line: 2, who: null }]);
      expect(await store().current(view)).toMatchObject({ generation: fresh, position: 5 });
    });

    it('show nothing of another version', async () => {
      await store().commit([advance(await opened(), [put(1)])]);
      const next = { ...view, version: 2 };
      expect(await store().current(next)).toBeUndefined();
      expect(await store().rows(next, lines, { order: 'line', limit: 9 })).toEqual({ position: 0, rows: [] });
      await store().open([next]);
      expect(await store().current(view)).toBeUndefined();
      expect(await store().current(next)).toMatchObject({ position: 0 });
    });

    it('hash equal rows alike, whatever the order and generation they came in', async () => {
      const generation = await opened();
      const fresh = (await store().begin([view]))[0]?.generation ?? 0;
      await store().commit([advance(generation, [put(1, 'é'), put(2)]), advance(fresh, [put(2), put(1, 'é')], { to: 9 })]);
      const content = await store().content(view, generation);
      const canonical =
        '["dues",["line","who","due","since","settled"]]\n["lines",["line","who"]]\n[1,"é"]\n[2,null]\n["sums",["who","kind","times","first","last","note"]]\n';
      expect(content).toEqual({ position: 1, rows: 2, hash: createHash('sha256').update(canonical).digest('hex') });
      expect(await store().content(view, fresh)).toEqual({ ...content, position: 9 });
      await store().commit([advance(fresh, [put(2, 'a')], { from: 9, to: 10 })]);
      expect((await store().content(view, fresh)).hash).not.toBe(content.hash);
    });
  });
