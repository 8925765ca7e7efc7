import fc from 'fast-check';
import { NONE, PlaceTable } from './place-table.ts';

/** What lies at places is named by a list beside the table, as texts are in their buffers. */
const tableOf = (): { readonly table: PlaceTable; readonly names: Map<number, string> } => {
  const names = new Map<number, string>();
  return { table: new PlaceTable((place, name) => names.get(place) === name), names };
};

describe('a table of places', () => {
  it('finds what is in it, and nothing else, however often places are given up, moved and given again', () => {
    const step = fc.record({ what: fc.constantFrom('add', 'delete', 'move'), n: fc.nat(700) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 3000 }), (steps) => {
        const { table, names } = tableOf();
        const model = new Map<string, number>();
        const work = {
          add: (name: string, place: number): void => (model.has(name) ? work.move(name, place) : set('add', name, place)),
          move: (name: string, place: number): void => (model.has(name) ? set('move', name, place) : undefined),
          delete: (name: string): void => {
            if (!model.has(name)) return;
            table.delete(name);
            names.delete(model.get(name) ?? NONE);
            model.delete(name);
          },
        };
        const set = (what: 'add' | 'move', name: string, place: number): void => {
          table[what](name, place);
          names.delete(model.get(name) ?? NONE);
          names.set(place, name);
          model.set(name, place);
        };
        steps.forEach(({ what, n }, turn) => work[what](`learner-${n}`, turn + 1));
        expect(table.size).toBe(model.size);
        for (let n = 0; n <= 700; n++) expect(table.find(`learner-${n}`)).toBe(model.get(`learner-${n}`) ?? NONE);
      }),
      { numRuns: 50 },
    );
  });

  it('holds very many', () => {
    const { table, names } = tableOf();
    for (let n = 1; n <= 50_000; n++) {
      names.set(n, `s-${n}`);
      table.add(`s-${n}`, n);
    }
    const wrong = [...names].filter(([place, name]) => table.find(name) !== place);
    expect([wrong, table.size, table.find('s-0')]).toEqual([[], 50_000, NONE]);
  });
});
