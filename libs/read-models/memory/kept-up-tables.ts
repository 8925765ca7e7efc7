// Tables that stores keep up by themselves, as the store in memory does: worked out of the others whenever they are asked for.
import { type Concluded, type Row, totalled, type TableShape } from '../engine/index.ts';
import { MemoryTable } from './memory-table.ts';

/** By their names. */
type Tables = ReadonlyMap<string, MemoryTable>;

/** `rowsOf`: of the table that they are of, which may be kept up itself. */
export const totalsIn = (shape: TableShape, shapes: readonly TableShape[], rowsOf: (base: TableShape) => readonly Row[]): MemoryTable => {
  const { base, summed } = totalled(shape, shapes);
  const rows = shape.totals?.rows ?? '';
  const merged = { ...shape, merge: Object.fromEntries([rows, ...summed].map((name) => [name, 'sum' as const])) };
  const totals = new MemoryTable(merged);
  for (const row of rowsOf(base)) {
    const values = [...shape.key, ...summed].map((name) => [name, row[name] ?? null]);
    totals.apply({ verb: 'merge', table: merged, row: { ...(Object.fromEntries(values) as Row), [rows]: 1 } });
  }
  return totals;
};

export const conclusionsIn = (all: readonly Concluded[], shape: TableShape, tables: Tables): MemoryTable => {
  const found = new MemoryTable(shape);
  for (const { base, by, draw } of all.filter((one) => one.shape === shape)) {
    const rows = Map.groupBy(tables.get(base.name)?.inOrder() ?? [], (row) => row[by]);
    for (const row of [...rows.values()].flatMap(draw)) found.apply({ verb: 'put', table: shape, row });
  }
  return found;
};
