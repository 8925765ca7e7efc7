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

/** What the store works out from a row, so that it can be ordered by: a day that is due as long as it is not settled. */
export interface Derived {
  /** The value, a `text?` column, */
  readonly of: string;
  /** as long as the first of these columns has no value, or one less than the second's; */
  readonly until: readonly [settled: string, since: string];
  /** and this otherwise. */
  readonly otherwise: string;
}

/**
 * Rows that the store keeps up by itself: one for each combination of values that the key's columns have in another table of the view,
 * where they are of its key too; its other columns are sums of the columns there of that name.
 */
export interface Totals {
  /** The other table, which may be one of conclusions. */
  readonly of: string;
  /** The column that counts its rows. */
  readonly rows: string;
}

/**
 * Rows that the store keeps up by itself: what a pure function draws from all rows of another table of the view that have one value in
 * common. So what depends on several events is there in order, though no projector reads.
 */
export interface Conclusions {
  /** The other table. */
  readonly of: string;
  /** A column of both: of the rows with a value there the rows with that value are drawn. Each change of the other table must name it. */
  readonly by: string;
  /** Given in no order, without what is worked out of them. Must depend on them alone, and not throw. */
  readonly draw: (rows: readonly Row[]) => readonly Row[];
  /**
   * Beside which others a row that comes or goes is to be looked at: what it adds to all that is drawn, and takes out of it, must be the
   * same where these alone are there, or more, as where all are. Absent: beside all.
   */
  readonly beside?: (row: Row) => readonly Beside[];
}

/** Rows with one value in common by these of their others, which columns of the key or an index should begin with. */
export interface Beside {
  readonly where: Row;
  /** Only the one with the greatest value in that column. */
  readonly last?: string;
}

export type DerivedColumns = Readonly<Record<string, Derived>>;

export interface TableShape<Shape extends Columns = Columns, Extra extends DerivedColumns = DerivedColumns> {
  /** Lower case letters and underscores, as are the names of columns. */
  readonly name: string;
  readonly columns: Shape;
  /** The columns that tell one row from another; they order the rows when these are hashed. */
  readonly key: readonly string[];
  /**
   * How `merge` combines a column with what is there; in any other column the newer value stands. Where one of the two is null, the
   * other stands: so an event may write its own columns of a row that others share, in whichever order they come.
   */
  readonly merge?: Readonly<Record<string, Combination>>;
  /** Worked out, never written; not part of what is hashed. */
  readonly derived?: Extra;
  readonly indexes?: readonly (readonly string[])[];
  /** Of such a table nothing is written, and nothing hashed. */
  readonly totals?: Totals;
  /** The same of such a table. */
  readonly conclusions?: Conclusions;
}

type Name<Shape> = keyof Shape & string;

interface Declaration<Shape extends Columns, Extra extends DerivedColumns> extends TableShape<Shape, Extra> {
  readonly key: readonly Name<Shape>[];
  readonly indexes?: readonly (readonly (Name<Shape> | Name<Extra>)[])[];
}

export type RowOf<Table extends TableShape> = { readonly [Column in keyof Table['columns']]: ValueOf[Table['columns'][Column]] };
export type ColumnOf<Table extends TableShape> = Name<Table['columns']>;

/** None, where a table declares none. */
type DerivedName<Table extends TableShape> = string extends keyof NonNullable<Table['derived']>
  ? never
  : Name<NonNullable<Table['derived']>>;
/** Of what is written, and of what is worked out from it. */
export type FoundColumn<Table extends TableShape> = ColumnOf<Table> | DerivedName<Table>;
export type FoundRow<Table extends TableShape> = RowOf<Table> & { readonly [Column in DerivedName<Table>]: string };

const NAME = /^[a-z][a-z0-9_]*$/;

/** Throws `RangeError` where it cannot name a column or table. */
export const mustBeName = (name: string): void => {
  if (!NAME.test(name))
    throw new RangeError(`${name} cannot name a column or table of a view: use lower case letters, digits and underscores.`);
};

/** Throws `RangeError` where no store can hold such a table. */
export const mustBeDeclaredWell = ({ name, columns, merge = {} }: TableShape): void => {
  for (const named of [name, ...Object.keys(columns)]) mustBeName(named);
  for (const [column, rule] of Object.entries(merge))
    if (rule === 'sum' && !columns[column]?.startsWith('integer'))
      throw new RangeError(`Column ${column} of ${name} cannot be summed: only an integer can.`);
};

/** Of a table of totals and the one that they are of. Throws `RangeError` where no store can keep them up. */
export const totalled = (
  shape: TableShape,
  tables: readonly TableShape[],
): { readonly base: TableShape; readonly summed: readonly string[] } => {
  const { of = '', rows = '' } = shape.totals ?? {};
  const base = tables.find(({ name }) => name === of);
  const summed = Object.keys(shape.columns).filter((name) => !shape.key.includes(name) && name !== rows);
  const fits = base && shape.key.every((name) => base.key.includes(name)) && summed.every((name) => base.columns[name] === 'integer');
  if (!fits || shape.columns[rows] !== 'integer') throw new RangeError(`${shape.name} cannot be made of totals of ${of}.`);
  return { base, summed };
};

/** The tables that are written, of which alone the content of a view is. */
export const writtenTables = (tables: readonly TableShape[]): readonly TableShape[] =>
  tables.filter(({ totals, conclusions }) => totals === undefined && conclusions === undefined);

/** Infers the types of a table's rows. */
export const table = <const Shape extends Columns, const Extra extends DerivedColumns = Readonly<Record<never, Derived>>>(
  declaration: Declaration<Shape, Extra>,
): TableShape<Shape, Extra> => declaration;
