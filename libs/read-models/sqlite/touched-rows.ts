// What changes make of rows from which conclusions are drawn: each as it was before the first of them, and as it is behind the last.
import type { Row, RowChange, TableShape, Value } from '../engine/index.ts';
import type { RowStatements, Target } from './generations.ts';
import { findRows } from './table-sql.ts';

export interface Touched {
  readonly before: Row | undefined;
  now: Row | undefined;
}

/** By their keys. */
export type TouchedByKey = ReadonlyMap<string, Touched>;

/** Of a key, or of a whole row: two are the same where their texts are. */
export const textOf = (columns: readonly string[], row: Row): string => JSON.stringify(columns.map((column) => row[column]));

/** Of one generation of a view. */
export interface HeldTable {
  readonly statements: RowStatements;
  readonly target: Target;
  readonly shape: TableShape;
}

/** Rows with these values; of those so many that have the greatest values in a column. */
export const rowsWith = (
  { statements, target, shape }: HeldTable,
  where: Row,
  greatest?: { readonly in: string; readonly limit: number },
): readonly Row[] => {
  const names = Object.keys(where);
  const use = `find by ${names.join()} from ${greatest?.in ?? 'any'}`;
  const statement = statements.of(target, shape, use, (physical) => findRows(shape, physical, names, greatest?.in));
  return statement.all(...Object.values(where), ...(greatest ? [greatest.limit] : [])) as unknown as readonly Row[];
};

export class TouchedRows {
  readonly #table: HeldTable;
  readonly #by: string;
  readonly #touched = new Map<Value, Map<string, Touched>>();

  /** `by`: the column whose values conclusions are drawn for, one by one. */
  constructor(table: HeldTable, by: string) {
    this.#table = table;
    this.#by = by;
  }

  /** Makes the change, and notes what becomes of the rows that it concerns. */
  note(change: RowChange): void {
    const { statements, target } = this.#table;
    const touched = 'row' in change ? [this.#touching(change.row, () => this.#held(change.row))] : this.#where(change.where);
    statements.apply(target, change);
    for (const [row, one] of touched) {
      if (change.verb === 'remove') one.now = undefined;
      else one.now = change.verb === 'put' ? row : this.#held(row);
    }
  }

  /** Of each value whose rows are others now than they were, these. */
  *changed(): Generator<readonly [Value, TouchedByKey]> {
    const columns = Object.keys(this.#table.shape.columns);
    const isChanged = ({ before, now }: Touched): boolean =>
      before && now ? textOf(columns, before) !== textOf(columns, now) : before !== now;
    for (const [value, all] of this.#touched) {
      const changed = new Map([...all].filter(([, one]) => isChanged(one)));
      if (changed.size > 0) yield [value, changed];
    }
  }

  #where(where: Row): readonly (readonly [Row, Touched])[] {
    return rowsWith(this.#table, where).map((row) => this.#touching(row, () => row));
  }

  #touching(row: Row, held: () => Row | undefined): readonly [Row, Touched] {
    const [value, key] = [row[this.#by] ?? null, textOf(this.#table.shape.key, row)];
    const ofValue = this.#touched.get(value) ?? new Map<string, Touched>();
    const one = ofValue.get(key) ?? { before: held(), now: undefined };
    this.#touched.set(value, ofValue.set(key, one));
    return [row, one];
  }

  #held(row: Row): Row | undefined {
    const where = Object.fromEntries(this.#table.shape.key.map((column) => [column, row[column] as Value]));
    return rowsWith(this.#table, where)[0];
  }
}
