// Which rows of a table of conclusions have to be drawn anew after changes of the table that they are drawn from (ADR 0067).
import type { RowChange, ViewShape } from './projector.ts';
import type { Beside, Conclusions, Row, TableShape, Value } from './table-shape.ts';

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
export const touchedBy = ({ base, by }: Pick<Concluded, 'base' | 'by'>, changes: readonly RowChange[]): ReadonlySet<Value> => {
  const touched = new Set<Value>();
  for (const change of changes) {
    if (change.table.name !== base.name) continue;
    const named: Row = 'row' in change ? change.row : change.where;
    const value = named[by];
    if (value === undefined) throw new TypeError(`A change of ${base.name} must name its ${by}: conclusions are drawn from it.`);
    touched.add(value);
  }
  return touched;
};
