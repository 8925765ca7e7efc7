// Stores on the same place: as processes beside each other, and one after the other.
import { describe, expect, it } from '@jest/globals';
import type { TableShape } from '../engine/index.ts';
import { advance, lines, put, view } from './contract-tables.ts';
import { type MakeStore, storesForEach } from './store-for-each.ts';

export const sharingContract = (name: string, make: MakeStore): void =>
  describe(`views in ${name}, to whoever opens them`, () => {
    const { store, another } = storesForEach(make);
    const all = { order: 'line', limit: 9 } as const;

    it('are those that another committed, at the position that they show', async () => {
      const [there] = [another()];
      const [{ generation = 0 } = {}] = await store().open([view]);
      await store().commit([advance(generation, [put(1, 'a')], { to: 3 })]);
      expect(await there.rows(view, lines, all)).toEqual({ position: 3, rows: [{ line: 1, who: 'a' }] });
      expect(await there.open([view])).toMatchObject([{ view: 'some-view', generation, position: 3 }]);
    });

    it('are moved on by one of them alone', async () => {
      const there = another();
      const [{ generation = 0 } = {}] = await store().open([view]);
      await there.open([view]);
      const both = [store(), there].map((one) => one.commit([advance(generation, [put(1, 'a')])]));
      expect((await Promise.allSettled(both)).map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      await expect(there.commit([advance(generation, [put(2, 'a')])])).rejects.toMatchObject({ code: 'moved-on' });
    });

    it('are new generations to both once one of them has replaced them', async () => {
      const there = another();
      const [{ generation = 0 } = {}] = await there.open([view]);
      const [{ generation: fresh = 0 } = {}] = await store().begin([view]);
      expect(fresh).not.toBe(generation);
      await store().commit([advance(fresh, [put(7)])]);
      expect(await store().replace([{ view, generation: fresh }])).toBe(true);
      expect(await there.current(view)).toMatchObject({ view: 'some-view', generation: fresh, position: 1 });
      await expect(there.commit([advance(generation, [put(8)])])).rejects.toMatchObject({ code: 'moved-on' });
    });

    it('are there once one was closed, which says so and may be closed again', async () => {
      const [{ generation = 0 } = {}] = await store().open([view]);
      await store().commit([advance(generation, [put(1)])]);
      await store().close();
      await store().close();
      const asked = [
        () => store().open([view]),
        () => store().restart([view]),
        () => store().begin([view]),
        () => store().commit([advance(generation, [put(2)], { from: 1, to: 2 })]),
        () => store().current(view),
        () => store().content(view, generation),
        () => store().replace([{ view, generation }]),
        () => store().rows(view, lines, all),
        () => store().count(view, lines, { by: ['who'] }),
      ];
      for (const ask of asked) await expect(ask()).rejects.toMatchObject({ code: 'closed' });
      expect((await another().rows(view, lines, all)).rows).toEqual([{ line: 1, who: null }]);
    });

    it.each<{ readonly shape: TableShape; readonly says: string }>([
      { shape: { name: 'sums', columns: { 'who"': 'text' }, key: ['who"'] }, says: 'cannot name a column' },
      {
        shape: { name: 'sums', columns: { who: 'text', last: 'text?' }, key: ['who'], merge: { last: 'sum' } },
        says: 'cannot be summed',
      },
    ])('are none where a table is declared wrong: $says', async ({ shape, says }) => {
      await expect(store().open([{ name: 'wrong', version: 1, tables: [shape] }])).rejects.toThrow(says);
    });
  });
