// What a projector does to its rows goes to another thread as one list, and is there what it was.
import fc from 'fast-check';
import { lines, sums, view } from '../contract/contract-tables.ts';
import { type RowChange, RowChanges } from './index.ts';

const who = fc.option(fc.string());
const line = fc.integer();
const change: fc.Arbitrary<RowChange> = fc.oneof(
  fc.record({ line, who }).map((row): RowChange => ({ verb: 'put', table: lines, row })),
  fc
    .record({ who: fc.string(), kind: fc.string(), times: line, first: line, last: line, note: who })
    .map((row): RowChange => ({ verb: 'merge', table: sums, row })),
  fc.record({ who }).chain((where) => who.map((to): RowChange => ({ verb: 'change', table: lines, where, set: { who: to } }))),
  fc.record({ line }).map((where): RowChange => ({ verb: 'remove', table: lines, where })),
);
const changes = fc.array(change);

describe('changes of rows', () => {
  it('are what they were, in their order, where they were copied', () =>
    fc.assert(
      fc.property(changes, (made) => {
        const copied = structuredClone(RowChanges.of(view, made).flat);
        expect(new RowChanges(view, copied).list()).toEqual(made);
      }),
    ));

  it('are taken back as far as is wanted', () =>
    fc.assert(
      fc.property(changes, changes, (kept, undone) => {
        const made = RowChanges.of(view, kept);
        const mark = made.length;
        for (const one of undone) made.add(one);
        made.rewind(mark);
        expect(made.list()).toEqual(kept);
      }),
    ));

  it('name no table but those of the view, and nothing of such a change stays', () => {
    const made = new RowChanges({ ...view, tables: [lines] });
    expect(() => made.add({ verb: 'put', table: sums, row: {} })).toThrow(RangeError);
    expect(made.list()).toEqual([]);
  });
});
