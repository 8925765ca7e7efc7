// The rows of one table in memory, as its declaration says that they are put, merged, changed, found and hashed.
import type { Derived, FoundRow, PlainQuery, Row, RowChange, TableShape, Value } from '../engine/index.ts';

/** Takes back what was done. */
export type Undo = () => unknown;

/** Numbers by their value, texts by their bytes; what has no value comes first. */
const compareValues = (one: Value, other: Value): number => {
  if (one === other) return 0;
  if (one === null || other === null) return one === null ? -1 : 1;
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return Buffer.compare(Buffer.from(String(one)), Buffer.from(String(other)));
};

export const compareRows =
  (columns: readonly string[]) =>
  (one: Row, other: Row): number => {
    for (const column of columns) {
      const difference = compareValues(valueIn(one, column), valueIn(other, column));
      if (difference !== 0) return difference;
    }
    return 0;
  };

const valueIn = (row: Row, column: string): Value => row[column] ?? null;

const isOf = (row: Row, where: Row): boolean => Object.entries(where).every(([column, value]) => valueIn(row, column) === value);

const COMBINE: Readonly<Record<string, (held: Value, newer: Value) => Value>> = {
  sum: (held, newer) => Number(held) + Number(newer),
  min: (held, newer) => (compareValues(held, newer) <= 0 ? held : newer),
  max: (held, newer) => (compareValues(held, newer) >= 0 ? held : newer),
};

const isOpen = (row: Row, [settled, since]: Derived['until']): boolean => {
  const [from, until] = [valueIn(row, since), valueIn(row, settled)];
  return until === null || (from !== null && compareValues(until, from) < 0);
};

export interface ValuesOf {
  readonly column: string;
  readonly values: ReadonlySet<Value>;
}

export class MemoryTable {
  readonly #shape: TableShape;
  readonly #rows = new Map<string, Row>();

  constructor(shape: TableShape) {
    this.#shape = shape;
  }

  /** Throws `TypeError` where the change does not fit the table, which is then as it was. */
  apply(change: RowChange): Undo {
    switch (change.verb) {
      case 'put':
        return this.#set([this.#checked(change.row)]);
      case 'merge':
        return this.#set([this.#merged(this.#checked(change.row))]);
      case 'change':
        this.#mustFit(change.set, Object.keys(change.set));
        return this.#set(this.#where(change.where).map((row) => ({ ...row, ...change.set })));
      case 'remove':
        return this.#remove(this.#where(change.where));
    }
  }

  /** Of what is written alone, in the order of the keys. */
  inOrder(): readonly Row[] {
    return [...this.#rows.values()].sort(compareRows(this.#shape.key));
  }

  /** `among`: only rows with one of these values. */
  find<Table extends TableShape>(query: PlainQuery, among?: ValuesOf): readonly FoundRow<Table>[] {
    const { where, between, order, newestFirst, after, limit } = query;
    const [ascending, keys] = [compareRows(order), compareRows(this.#shape.key)];
    const inOrder = newestFirst ? (one: Row, other: Row): number => ascending(other, one) : ascending;
    const last = after && Object.fromEntries(order.map((column, place) => [column, after[place] ?? null]));
    const found = [...this.#rows.values()]
      .map((row) => this.#withDerived(row))
      .filter((row) => !among || among.values.has(valueIn(row, among.column)))
      .filter((row) => isOf(row, where) && between.every((range) => isWithin(row, range)) && (!last || inOrder(last, row) < 0));
    return found.sort((one, other) => inOrder(one, other) || keys(one, other)).slice(0, limit) as unknown as FoundRow<Table>[];
  }

  /** Rows with these values. */
  matching(where: Row): readonly Row[] {
    return [...this.#rows.values()].map((row) => this.#withDerived(row)).filter((row) => isOf(row, where));
  }

  #where(where: Row): readonly Row[] {
    this.#mustFit({}, Object.keys(where));
    return [...this.#rows.values()].filter((row) => isOf(row, where));
  }

  #withDerived(row: Row): Row {
    const derived = Object.entries(this.#shape.derived ?? {}).map(([name, { of, until, otherwise }]) => [
      name,
      isOpen(row, until) ? (valueIn(row, of) ?? otherwise) : otherwise,
    ]);
    return { ...row, ...(Object.fromEntries(derived) as Row) };
  }

  /** The columns of the table alone, in their order. */
  #checked(row: Row): Row {
    const columns = Object.keys(this.#shape.columns);
    const whole = Object.fromEntries(columns.map((column) => [column, row[column]])) as Row;
    this.#mustFit(whole, columns);
    return whole;
  }

  #mustFit(row: Row, columns: readonly string[]): void {
    for (const column of columns) if (!(column in this.#shape.columns)) throw new TypeError(`${this.#shape.name} has no column ${column}.`);
    for (const [column, value] of Object.entries(row)) this.#mustBeValue(column, value);
  }

  #mustBeValue(column: string, value: Value | undefined): void {
    const kind = this.#shape.columns[column] ?? '';
    const fits = kind.startsWith('integer') ? Number.isInteger(value) : typeof value === 'string';
    if (!fits && !(value === null && kind.endsWith('?'))) throw new TypeError(`This is no value for ${column} of ${this.#shape.name}.`);
  }

  #merged(row: Row): Row {
    const held = this.#rows.get(this.#keyOf(row));
    if (!held) return row;
    const columns = Object.keys(row).map((column) => [column, this.#combined(column, valueIn(held, column), valueIn(row, column))]);
    return Object.fromEntries(columns) as Row;
  }

  #combined(column: string, held: Value, newer: Value): Value {
    const rule = this.#shape.merge?.[column];
    const combine = rule && COMBINE[rule];
    if (!combine) return newer;
    return held === null || newer === null ? (held ?? newer) : combine(held, newer);
  }

  #set(rows: readonly Row[]): Undo {
    const before = rows.map((row) => [this.#keyOf(row), this.#rows.get(this.#keyOf(row))] as const);
    for (const row of rows) this.#rows.set(this.#keyOf(row), row);
    return () => this.#putBack(before);
  }

  #remove(rows: readonly Row[]): Undo {
    for (const row of rows) this.#rows.delete(this.#keyOf(row));
    return () => this.#putBack(rows.map((row) => [this.#keyOf(row), row] as const));
  }

  #putBack(before: readonly (readonly [string, Row | undefined])[]): void {
    for (const [key, row] of before) {
      if (row) this.#rows.set(key, row);
      else this.#rows.delete(key);
    }
  }

  #keyOf(row: Row): string {
    return JSON.stringify(this.#shape.key.map((column) => valueIn(row, column)));
  }
}

const isWithin = (row: Row, { column, sign, value }: PlainQuery['between'][number]): boolean => {
  const found = valueIn(row, column);
  if (found === null) return false;
  return sign === '>=' ? compareValues(found, value) >= 0 : compareValues(found, value) <= 0;
};
