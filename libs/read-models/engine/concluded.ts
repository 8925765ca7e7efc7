// Which rows of a table of conclusions have to be drawn anew after changes of the table that they are drawn from (ADR 0067).
import type { RowChanges } from './follower.ts';
import type { ViewShape } from './projector.ts';
import type { Beside, Conclusions, TableShape, Value } from './table-shape.ts';

export interface Concluded {
  readonly shape: TableShape;
  /** The table that they are drawn from. */
  readonly base: TableShape;
  readonly by: string;
  readonly draw: Conclusions['draw'];
  readonly beside: NonNullable<Conclusions['beside']>;
}

const BESIDE_ALL: readonly Beside[] = [{ where: {} }];

/** Throws `RangeError` where no store can keep them up. */
const concludedIn = (
  shape: TableShape,
  { of, by, draw, beside = () => BESIDE_ALL }: Conclusions,
  tables: readonly TableShape[],
): Concluded => {
  const base = tables.find(({ name }) => name === of);
  if (!base || base.key[0] !== by || shape.key[0] !== by)
    throw new RangeError(`${shape.name} cannot hold conclusions from ${of} by ${by}: that must be the first column of both keys.`);
  return { shape, base, by, draw, beside };
};

/** Tables of conclusions of a view. Throws `RangeError` where one does not fit the other tables. */
export const concluded = ({ tables }: Pick<ViewShape, 'tables'>): readonly Concluded[] =>
  tables.flatMap((shape) => (shape.conclusions === undefined ? [] : [concludedIn(shape, shape.conclusions, tables)]));

/** Of which values conclusions are to be drawn anew. Throws `TypeError` where a change does not say whose rows it touches. */
export const touchedBy = ({ base, by }: Pick<Concluded, 'base' | 'by'>, changes: RowChanges): ReadonlySet<Value> => {
  const touched = new Set<Value>();
  const touch = (table: TableShape, value: Value | undefined): void => {
    if (table.name !== base.name) return;
    if (value === undefined) throw new TypeError(`A change of ${base.name} must name its ${by}: conclusions are drawn from it.`);
    touched.add(value);
  };
  const place = Object.keys(base.columns).indexOf(by);
  changes.visit({
    row: (_, { table }, values) => touch(table, values[place]),
    other: ({ table, where }) => touch(table, where[by]),
  });
  return touched;
};
