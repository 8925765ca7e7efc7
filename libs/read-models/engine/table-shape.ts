// Tables of views are declared as data, so that every store of views can make them, merge into them and hash them alike.

/** `integer` up to 2^53, `text`; with `?` where a row may have none. Neither ever holds personal data: ids, slugs, codes, counts. */
export type ColumnKind = 'integer' | 'integer?' | 'text' | 'text?';
export type Columns = Readonly<Record<string, ColumnKind>>;

export type Value = string | number | null;
export type Row = Readonly<Record<string, Value>>;

interface ValueOf {
  readonly integer: number;
  readonly 'integer?': number | null;
  readonly text: string;
  readonly 'text?': string | null;
}

export type Combination = 'sum' | 'min' | 'max';

export interface TableShape<Shape extends Columns = Columns> {
  /** Lower case letters and underscores, as are the names of columns. */
  readonly name: string;
  readonly columns: Shape;
  /** The columns that tell one row from another; they order the rows when these are hashed. */
  readonly key: readonly string[];
  /** How `merge` combines an `integer` column with what is there; in any other column the newer value stands. */
  readonly merge?: Readonly<Record<string, Combination>>;
  readonly indexes?: readonly (readonly string[])[];
}

type Name<Shape> = keyof Shape & string;

interface Declaration<Shape extends Columns> extends TableShape<Shape> {
  readonly key: readonly Name<Shape>[];
  readonly indexes?: readonly (readonly Name<Shape>[])[];
}

export type RowOf<Table extends TableShape> = { readonly [Column in keyof Table['columns']]: ValueOf[Table['columns'][Column]] };
export type ColumnOf<Table extends TableShape> = Name<Table['columns']>;

/** Infers the types of a table's rows. */
export const table = <const Shape extends Columns>(declaration: Declaration<Shape>): TableShape<Shape> => declaration;
