// A view is what one projector makes of the log. It writes and never reads, so it can depend on nothing but events (ADR 0009).
import type { FollowedEvent } from '#learner-file';
import type { Row, RowOf, TableShape, Value } from './table-shape.ts';

// What a projector is given of an event; it is opened once for all who follow the log.

export type ProjectedEvent = Pick<FollowedEvent, 'recorded' | 'open' | 'content'>;

/** An assessment is recorded in a learner's stream under this type (event catalogue). */
export const ASSESSMENT_RECORDED = 'uk.concordat.assessment.recorded.v1';

/** The four things a projector can do to its rows; each concerns its own tables alone. */
export interface RowWriter {
  /** Adds the row, in place of one with the same key. */
  put<Table extends TableShape>(table: Table, row: RowOf<Table>): void;
  /** Adds the row, or combines it with the one of the same key as the table's `merge` says. */
  merge<Table extends TableShape>(table: Table, row: RowOf<Table>): void;
  /** Sets columns, not those of the key, of all rows that have these values. */
  change<Table extends TableShape>(table: Table, where: Partial<RowOf<Table>>, set: Partial<RowOf<Table>>): void;
  remove<Table extends TableShape>(table: Table, where: Partial<RowOf<Table>>): void;
}

export type RowChange =
  | { readonly verb: 'put'; readonly table: TableShape; readonly row: Row }
  | { readonly verb: 'merge'; readonly table: TableShape; readonly row: Row }
  | { readonly verb: 'change'; readonly table: TableShape; readonly where: Row; readonly set: Row }
  | { readonly verb: 'remove'; readonly table: TableShape; readonly where: Row };

export interface ViewShape {
  /** Kebab-case. */
  readonly name: string;
  /** Another version is another view: what the former made is dropped and made anew. Raise it with every change of tables or of `apply`. */
  readonly version: number;
  readonly tables: readonly TableShape[];
}

export interface Projector extends ViewShape {
  /** Event types that it takes; others pass it by unopened. */
  readonly types: ReadonlySet<string> | 'every';
  /** Must depend on the event alone. A throw stops the view before this event. */
  apply(event: ProjectedEvent, rows: RowWriter): void;
}

// What it does to the rows of its view, kept as one flat list: an object for each row of a large batch would be copied again and again
// while the batch is made, and once more on the way to the thread that stores it (ADR 98).

/** A change is the number of its verb, that of its table, then a value for each column, or which rows and what to set. */
type Flat = Value | undefined | Row;

export interface FlatTable {
  readonly table: TableShape;
  readonly number: number;
  readonly columns: readonly string[];
}

const VERBS = ['put', 'merge', 'change', 'remove'] as const satisfies readonly RowChange['verb'][];
const [PUT, MERGE, CHANGE, REMOVE] = [0, 1, 2, 3] as const;

/** Given the changes in their order. Values are those of the table's columns, undefined where a row left one out. */
export interface ChangeVisitor {
  readonly row: (verb: 'put' | 'merge', table: FlatTable, values: readonly (Value | undefined)[]) => void;
  readonly other: (change: Extract<RowChange, { readonly where: Row }>) => void;
}

/** In the order in which they were made. Whatever names a table that is not of the view throws `RangeError`. */
export class RowChanges implements RowWriter {
  readonly #view: Pick<ViewShape, 'name' | 'tables'>;
  readonly #tables: readonly FlatTable[];
  readonly #byName: ReadonlyMap<string, FlatTable>;
  readonly #flat: Flat[];

  /** `flat`: of others of the same view, wherever they were made. */
  constructor(view: Pick<ViewShape, 'name' | 'tables'>, flat: readonly unknown[] = []) {
    this.#view = view;
    this.#tables = view.tables.map((table, number) => ({ table, number, columns: Object.keys(table.columns) }));
    this.#byName = new Map(this.#tables.map((one) => [one.table.name, one]));
    this.#flat = flat as Flat[];
  }

  static of(view: ViewShape, changes: Iterable<RowChange>): RowChanges {
    const made = new RowChanges(view);
    for (const change of changes) made.add(change);
    return made;
  }

  add(change: RowChange): void {
    if (change.verb === 'change') this.change(change.table, change.where, change.set);
    else if (change.verb === 'remove') this.remove(change.table, change.where);
    else this[change.verb](change.table, change.row);
  }

  put<Table extends TableShape>(table: Table, row: RowOf<Table>): void {
    this.#addRow(PUT, table, row);
  }

  merge<Table extends TableShape>(table: Table, row: RowOf<Table>): void {
    this.#addRow(MERGE, table, row);
  }

  change<Table extends TableShape>(table: Table, where: Partial<RowOf<Table>>, set: Partial<RowOf<Table>>): void {
    this.#flat.push(CHANGE, this.#named(table).number, where as Row, set as Row);
  }

  remove<Table extends TableShape>(table: Table, where: Partial<RowOf<Table>>): void {
    this.#flat.push(REMOVE, this.#named(table).number, where as Row);
  }

  /** To be sent to another thread. */
  get flat(): readonly unknown[] {
    return this.#flat;
  }

  /** Of the list, not the number of changes: to come back to. */
  get length(): number {
    return this.#flat.length;
  }

  /** Takes back what was done since the list had this length. */
  rewind(length: number): void {
    this.#flat.length = length;
  }

  visit({ row, other }: ChangeVisitor): void {
    const flat = this.#flat;
    for (let at = 0; at < flat.length;) {
      const verb = flat[at] as number;
      const one = this.#numbered(flat[at + 1]);
      at += 2;
      const width = widthOf(verb, one);
      const values = flat.slice(at, (at += width));
      if (verb === PUT || verb === MERGE) row(VERBS[verb], one, values as readonly Value[]);
      else other(otherOf(verb, one, values as readonly Row[]));
    }
  }

  list(): readonly RowChange[] {
    const all: RowChange[] = [];
    this.visit({
      row: (verb, { table, columns }, values) => all.push({ verb, table, row: rowOf(columns, values) }),
      other: (change) => all.push(change),
    });
    return all;
  }

  #addRow(verb: number, table: TableShape, row: Row): void {
    const { number, columns } = this.#named(table);
    this.#flat.push(verb, number);
    for (const column of columns) this.#flat.push(row[column]);
  }

  #named({ name }: TableShape): FlatTable {
    return this.#of(this.#byName.get(name), name);
  }

  #numbered(number: unknown): FlatTable {
    return this.#of(this.#tables[number as number], String(number));
  }

  #of(found: FlatTable | undefined, called: string): FlatTable {
    if (!found) throw new RangeError(`The view ${this.#view.name} has no table ${called}.`);
    return found;
  }
}

const widthOf = (verb: number, { columns }: FlatTable): number => (verb === CHANGE ? 2 : verb === REMOVE ? 1 : columns.length);

const otherOf = (verb: number, { table }: FlatTable, [where = {}, set = {}]: readonly Row[]) =>
  verb === CHANGE ? ({ verb: 'change', table, where, set } as const) : ({ verb: 'remove', table, where } as const);

/** A column that was left out is none of the row's. */
const rowOf = (columns: readonly string[], values: readonly (Value | undefined)[]): Row => {
  const row: Record<string, Value> = {};
  for (const [place, column] of columns.entries()) if (values[place] !== undefined) row[column] = values[place];
  return row;
};
