// Advances as they are sent to the thread that stores them: views and tables by their numbers, rows as values in the order of columns,
// since names of columns would make up most of what is copied.
import type { Advance, Row, RowChange, TableShape, Value, ViewShape } from '../engine/index.ts';

/** One after the other: the number of a verb, the number of a table, then the values of its columns, or which rows and what to set. */
type PackedChanges = readonly (Value | undefined | Row)[];

export interface PackedAdvance {
  readonly view: number;
  readonly generation: number;
  readonly from: number;
  readonly to: number;
  readonly changes: PackedChanges;
}

/** A view without what its projector does; of one that draws conclusions the name and version alone. */
export type SentView = ViewShape | Pick<ViewShape, 'name' | 'version'>;

export const sentOf = ({ name, version, tables }: ViewShape): SentView =>
  tables.some(({ conclusions }) => conclusions !== undefined) ? { name, version } : { name, version, tables };

const VERBS = ['put', 'merge', 'change', 'remove'] as const satisfies readonly RowChange['verb'][];

interface Numbered {
  readonly table: TableShape;
  readonly number: number;
  readonly columns: readonly string[];
}

const numbered = ({ tables }: ViewShape): readonly Numbered[] =>
  tables.map((table, number) => ({ table, number, columns: Object.keys(table.columns) }));

/** Flat, since a list for each row would take as long to copy as what is in it. */
export const packed = ({ view: shape, generation, from, to, changes }: Advance, view: number): PackedAdvance => {
  const known = new Map(numbered(shape).map((one) => [one.table, one]));
  const flat: (Value | undefined | Row)[] = [];
  for (const change of changes) {
    const { number = -1, columns = [] } = known.get(change.table) ?? {};
    flat.push(VERBS.indexOf(change.verb), number);
    if (change.verb === 'change') flat.push(change.where, change.set);
    else if (change.verb === 'remove') flat.push(change.where);
    else for (const column of columns) flat.push(change.row[column]);
  }
  return { view, generation, from, to, changes: flat };
};

/** Throws `RangeError` where a change is of no table of its view. */
export const unpacked = ({ changes, ...moved }: PackedAdvance, view: ViewShape): Advance => {
  const known = numbered(view);
  const found: RowChange[] = [];
  for (let place = 0; place < changes.length;) {
    const [verb, one] = [VERBS[changes[place] as number], known[changes[place + 1] as number]];
    if (verb === undefined || !one) throw new RangeError('A change is of no table of its view.');
    place += 2;
    found.push(changeAt(changes, place, verb, one));
    place += valuesOf(verb, one);
  }
  return { ...moved, view, changes: found };
};

const valuesOf = (verb: RowChange['verb'], { columns }: Numbered): number =>
  verb === 'change' ? 2 : verb === 'remove' ? 1 : columns.length;

const changeAt = (changes: PackedChanges, place: number, verb: RowChange['verb'], { table, columns }: Numbered): RowChange => {
  if (verb === 'change') return { verb, table, where: changes[place] as Row, set: changes[place + 1] as Row };
  if (verb === 'remove') return { verb, table, where: changes[place] as Row };
  const row: Record<string, Value> = {};
  for (const [number, column] of columns.entries()) row[column] = changes[place + number] as Value;
  return { verb, table, row };
};
