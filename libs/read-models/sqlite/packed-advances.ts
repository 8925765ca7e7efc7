// Advances as they are sent to the thread that stores them: views and tables by their numbers, rows as values in the order of columns,
// since names of columns would make up most of what is copied.
import type { Advance, Row, RowChange, TableShape, Value, ViewShape } from '../engine/index.ts';

type PackedChange =
  | readonly [verb: 'put' | 'merge', table: number, values: readonly (Value | undefined)[]]
  | readonly [verb: 'change', table: number, where: Row, set: Row]
  | readonly [verb: 'remove', table: number, where: Row];

export interface PackedAdvance {
  readonly view: number;
  readonly generation: number;
  readonly from: number;
  readonly to: number;
  readonly changes: readonly PackedChange[];
}

/** A view without what its projector does; of one that draws conclusions the name and version alone. */
export type SentView = ViewShape | Pick<ViewShape, 'name' | 'version'>;

export const sentOf = ({ name, version, tables }: ViewShape): SentView =>
  tables.some(({ conclusions }) => conclusions !== undefined) ? { name, version } : { name, version, tables };

export const packed = ({ view: { tables }, generation, from, to, changes }: Advance, view: number): PackedAdvance => {
  const numbers = new Map(tables.map((table, number) => [table, { number, columns: Object.keys(table.columns) }]));
  const pack = (change: RowChange): PackedChange => {
    const { number = -1, columns = [] } = numbers.get(change.table) ?? {};
    if (change.verb === 'change') return [change.verb, number, change.where, change.set];
    if (change.verb === 'remove') return [change.verb, number, change.where];
    return [change.verb, number, columns.map((column) => change.row[column])];
  };
  return { view, generation, from, to, changes: changes.map(pack) };
};

/** Throws `RangeError` where a change is of no table of its view. */
export const unpacked = ({ changes, ...moved }: PackedAdvance, view: ViewShape): Advance => {
  const tables = view.tables.map((table) => ({ table, columns: Object.keys(table.columns) }));
  return { ...moved, view, changes: changes.map((change) => unpackedChange(change, tables)) };
};

interface KnownTable {
  readonly table: TableShape;
  readonly columns: readonly string[];
}

const unpackedChange = (change: PackedChange, tables: readonly KnownTable[]): RowChange => {
  const known = tables[change[1]];
  if (!known) throw new RangeError('A change is of no table of its view.');
  const { table, columns } = known;
  if (change[0] === 'change') return { verb: 'change', table, where: change[2], set: change[3] };
  if (change[0] === 'remove') return { verb: 'remove', table, where: change[2] };
  return { verb: change[0], table, row: rowOf(columns, change[2]) };
};

const rowOf = (columns: readonly string[], values: readonly (Value | undefined)[]): Row => {
  const row: Record<string, Value> = {};
  for (const [place, column] of columns.entries()) row[column] = values[place] as Value;
  return row;
};
