// Views on their way along the log: how far each is, what it does to its rows, and who waits for it.
import type { Position } from '#kernel';
import type { Projector, RowChange, RowWriter, ViewShape } from './projector.ts';
import type { Row, RowOf, TableShape, Value } from './table-shape.ts';

// A view on its way along the log.

/**
 * `cannot-open`: an event is not what was sealed, or its key is missing; `cannot-apply`: the projector threw;
 * `cannot-store`: what it made of a batch does not fit its tables.
 */
export type ViewFailureCode = 'cannot-open' | 'cannot-apply' | 'cannot-store';

/** Why a view stands still. The fault lies in the first event after the view's position (`cannot-store`: in the batch after it). */
export interface ViewFailure {
  readonly code: ViewFailureCode;
  /** Class of what was thrown; its message may quote data and is not kept. */
  readonly error: string;
}

/** By its form, since errors of another realm are no instances of ours. */
export const errorName = (cause: unknown): string =>
  typeof cause === 'object' && cause !== null && 'name' in cause && typeof cause.name === 'string' ? cause.name : typeof cause;

export interface Follower {
  readonly projector: Projector;
  generation: number;
  /** Of the last event that is in the view, and on disk as far as the store of views keeps its word. */
  position: Position;
  /** Events beyond it are left. */
  until: Position;
  failure?: ViewFailure | undefined;
}

/** What any of these takes. */
export const typesOf = (projectors: readonly Projector[]): Projector['types'] => {
  const types = new Set<string>();
  for (const projector of projectors) {
    if (projector.types === 'every') return 'every';
    for (const type of projector.types) types.add(type);
  }
  return types;
};

/** The lowest position among those that can still move; undefined when none can. */
export const hindmost = (followers: readonly Follower[]): Position | undefined => {
  const moving = followers.filter(({ failure, position, until }) => !failure && position < until);
  return moving.length === 0 ? undefined : Math.min(...moving.map(({ position }) => position));
};

/** Where followers go on together: each passes over what it has. */
export const placeOf = (followers: readonly Follower[]): Position =>
  hindmost(followers) ?? Math.max(0, ...followers.map(({ position }) => position));

// What a projector does to the rows of its view, kept as one flat list: an object for each row of a large batch would be copied again and
// again while the batch is made, and once more on the way to the thread that stores it (ADR 98).

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

// Readers who hold a position wait here until a view has reached it (Concordat-Min-Position, contracts.md).

interface Waiter {
  readonly view: string;
  readonly position: Position;
  readonly settle: (reached: boolean) => void;
}

/** `reached`, `not-yet`, or `never` where the view stands still. */
export type Progress = 'reached' | 'not-yet' | 'never';

export class PositionWaiters {
  readonly #progress: (view: string, position: Position) => Progress;
  readonly #waiters = new Set<Waiter>();

  constructor(progress: (view: string, position: Position) => Progress) {
    this.#progress = progress;
  }

  get any(): boolean {
    return this.#waiters.size > 0;
  }

  /** False when the time is up, when the view stands still, and on `end`. */
  async waitFor(view: string, position: Position, timeoutMs: number): Promise<boolean> {
    const progress = this.#progress(view, position);
    if (progress !== 'not-yet') return progress === 'reached';
    return new Promise((resolve) => {
      const settle = (reached: boolean): void => {
        clearTimeout(timer);
        this.#waiters.delete(waiter);
        resolve(reached);
      };
      const waiter = { view, position, settle };
      const timer = setTimeout(settle, timeoutMs, false);
      this.#waiters.add(waiter);
    });
  }

  look(): void {
    for (const { view, position, settle } of this.#waiters) {
      const progress = this.#progress(view, position);
      if (progress !== 'not-yet') settle(progress === 'reached');
    }
  }

  end(): void {
    for (const { settle } of this.#waiters) settle(false);
  }
}
