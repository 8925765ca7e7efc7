// The tables of views as the file holds them: which generations there are, which of them readers see, and the statements that change them.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import {
  type Advance,
  type Concluded,
  concluded,
  type Generation,
  type PlainQuery,
  type Row as ViewRow,
  type RowChange,
  type TableShape,
  touchedBy,
  type Value,
  type ViewShape,
} from '../engine/index.ts';
import { createTable, deleteRows, insertRow, keepTotals, physicalName, selectRows, updateRows } from './table-sql.ts';

// Which generations of views the file holds, where each stands, and which of them readers see.

export interface KnownGeneration extends Generation {
  readonly version: number;
  /** Readers see it. */
  readonly seen: boolean;
}

/** No number is ever used again, so nobody can mistake one generation for another that took its place. */
const SCHEMA = `CREATE TABLE IF NOT EXISTS generations (
  generation INTEGER PRIMARY KEY AUTOINCREMENT, view TEXT NOT NULL, version INTEGER NOT NULL, position INTEGER NOT NULL,
  seen INTEGER NOT NULL -- 1 where readers see it
  ) STRICT;
  CREATE INDEX IF NOT EXISTS generations_of_view ON generations (view)`;
const COLUMNS = 'view, generation, version, position, seen';

/** Makes the table where there is none. */
export const prepareGenerations = (db: DatabaseSync): void => db.exec(SCHEMA);

/** Every method but `all` and `seen` belongs in a transaction. */
export class Generations {
  readonly #db: DatabaseSync;
  readonly #ofView: StatementSync;
  readonly #seen: StatementSync;
  readonly #move: StatementSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#ofView = db.prepare(`SELECT ${COLUMNS} FROM generations WHERE view = ? ORDER BY generation`);
    this.#seen = db.prepare(`SELECT ${COLUMNS} FROM generations WHERE view = ? AND seen = 1`);
    this.#move = db.prepare(
      'UPDATE generations SET position = ?1 WHERE position = ?2 AND generation IN (SELECT value FROM json_each(?3)) RETURNING generation',
    );
  }

  all({ name }: ViewShape): readonly KnownGeneration[] {
    return (this.#ofView.all(name) as unknown as Row[]).map(known);
  }

  seen({ name, version }: ViewShape): KnownGeneration | undefined {
    const row = this.#seen.get(name) as unknown as Row | undefined;
    return row?.version === version ? known(row) : undefined;
  }

  /** Those that move together do so in one statement: at each commit nearly all do. Gives one that is not at its `from`. */
  move<Moving extends Pick<Advance, 'generation' | 'from' | 'to'>>(advances: readonly Moving[]): Moving | undefined {
    for (const together of Map.groupBy(advances, ({ from, to }) => `${from} ${to}`).values()) {
      const { from, to } = together[0] as Moving;
      const rows = this.#move.all(to, from, JSON.stringify(together.map(({ generation }) => generation)));
      if (rows.length === together.length) continue;
      const moved = new Set(rows.map(({ generation }) => generation));
      return together.find(({ generation }) => !moved.has(generation));
    }
    return undefined;
  }

  create(view: ViewShape, seen: boolean): Generation {
    const insert = this.#db.prepare('INSERT INTO generations (view, version, position, seen) VALUES (?, ?, 0, ?)');
    const generation = Number(insert.run(view.name, view.version, seen ? 1 : 0).lastInsertRowid);
    const physicalOf = (name: string): string => physicalName(view.name, generation, name);
    concluded(view);
    for (const table of view.tables) this.#db.exec(createTable(table, physicalOf(table.name)));
    for (const table of view.tables) if (table.totals) this.#db.exec(keepTotals(table, view.tables, physicalOf));
    return { view: view.name, generation, position: 0 };
  }

  /** The tables are found by name, since an older version's are declared nowhere any more. */
  drop({ view, generation }: Omit<Generation, 'position'>): void {
    const prefix = prefixOf(view, generation);
    const tables = this.#db
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND substr(name, 1, ?) = ?")
      .all(prefix.length, prefix);
    for (const { name } of tables as unknown as { name: string }[]) this.#db.exec(`DROP TABLE "${name}"`);
    this.#db.prepare('DELETE FROM generations WHERE view = ? AND generation = ?').run(view, generation);
  }

  show({ view, generation }: Omit<Generation, 'position'>): void {
    this.#db.prepare('UPDATE generations SET seen = 1 WHERE view = ? AND generation = ?').run(view, generation);
  }
}

interface Row extends Omit<KnownGeneration, 'seen'> {
  readonly seen: number;
}

const known = ({ seen, ...row }: Row): KnownGeneration => ({ ...row, seen: seen === 1 });

const prefixOf = (view: string, generation: number): string => physicalName(view, generation, 'x').slice(1, -2);

// Prepared statements by their text: there are as many as there are shapes of changes and queries, which are few.

/** Generations have numbers of their own across all views (generations.ts). */
export interface Target {
  readonly view: string;
  readonly generation: number;
}

interface Inserting {
  readonly statement: StatementSync;
  readonly columns: readonly string[];
}

type Inserts = Map<TableShape, Map<number, Inserting>>;

export class RowStatements {
  readonly #db: DatabaseSync;
  readonly #byText = new Map<string, StatementSync>();
  readonly #inserts: Readonly<Record<'put' | 'merge', Inserts>> = { put: new Map(), merge: new Map() };

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  prepare(sql: string): StatementSync {
    let statement = this.#byText.get(sql);
    if (!statement) this.#byText.set(sql, (statement = this.#db.prepare(sql)));
    return statement;
  }

  /** Statements on tables that are gone would be kept for ever. */
  forget(): void {
    this.#byText.clear();
    this.#inserts.put.clear();
    this.#inserts.merge.clear();
  }

  apply(target: Target, change: RowChange): void {
    switch (change.verb) {
      case 'put':
      case 'merge': {
        const { statement, columns } = this.#inserting(target, change.table, change.verb);
        // A column left out must not pass for one without a value: binding undefined fails.
        statement.run(...columns.map((column) => change.row[column] as Value));
        return;
      }
      case 'change': {
        const sql = updateRows(physicalOf(target, change.table), Object.keys(change.where), Object.keys(change.set));
        this.prepare(sql).run(...Object.values(change.set), ...Object.values(change.where));
        return;
      }
      case 'remove':
        this.prepare(deleteRows(physicalOf(target, change.table), Object.keys(change.where))).run(...Object.values(change.where));
    }
  }

  /** Found without making its text anew, since it is wanted for every row. */
  #inserting(target: Target, table: TableShape, verb: 'put' | 'merge'): Inserting {
    const known = this.#inserts[verb].get(table)?.get(target.generation);
    if (known) return known;
    const inserting = {
      statement: this.#db.prepare(insertRow(table, physicalOf(target, table), verb)),
      columns: Object.keys(table.columns),
    };
    const ofTable = this.#inserts[verb].get(table) ?? new Map<number, Inserting>();
    this.#inserts[verb].set(table, ofTable.set(target.generation, inserting));
    return inserting;
  }
}

const physicalOf = ({ view, generation }: Target, { name }: TableShape): string => physicalName(view, generation, name);

// Tables of conclusions are kept up with what they are drawn from, in the transaction in which that changes (ADR 0067).

/** Of one value in the first column of the key, in the order of the keys. */
const reading = (statements: RowStatements, { view, generation }: Target, shape: TableShape): ((value: Value) => readonly ViewRow[]) => {
  const [by = ''] = shape.key;
  const limit = Number.MAX_SAFE_INTEGER;
  const query: PlainQuery = { where: { [by]: '' }, between: [], order: shape.key, newestFirst: false, after: undefined, limit };
  const statement = statements.prepare(selectRows(shape, physicalName(view, generation, shape.name), query));
  return (value) => statement.all(value, limit) as unknown as readonly ViewRow[];
};

/** What stands already costs no page: most events change nothing of what is concluded. */
const replace = (
  statements: RowStatements,
  target: Target,
  shape: TableShape,
  rows: Record<'held' | 'drawn', readonly ViewRow[]>,
): void => {
  const columns = Object.keys(shape.columns);
  const textOf = (row: ViewRow): string => JSON.stringify(columns.map((column) => row[column]));
  const keyOf = (row: ViewRow): ViewRow => Object.fromEntries(shape.key.map((column) => [column, row[column] ?? null]));
  const held = new Map(rows.held.map((row) => [textOf(row), row]));
  const drawn = new Map(rows.drawn.map((row) => [textOf(row), row]));
  for (const [text, row] of held) if (!drawn.has(text)) statements.apply(target, { verb: 'remove', table: shape, where: keyOf(row) });
  for (const [text, row] of drawn) if (!held.has(text)) statements.apply(target, { verb: 'put', table: shape, row });
};

/** All that is drawn from one table. */
interface DrawnFrom {
  readonly base: TableShape;
  readonly together: readonly Concluded[];
}

/** The rows are read once for all that is drawn from them. */
const drawAnew = (statements: RowStatements, target: Target, { base, together }: DrawnFrom, values: ReadonlySet<Value>): void => {
  const rowsOf = reading(statements, target, base);
  const shapes = together.map((one) => ({ ...one, heldOf: reading(statements, target, one.shape) }));
  for (const value of values) {
    const rows = rowsOf(value);
    for (const { shape, draw, heldOf } of shapes) replace(statements, target, shape, { held: heldOf(value), drawn: draw(rows) });
  }
};

/** To be called behind the changes. */
export const drawConclusions = (statements: RowStatements, { view, generation, changes }: Advance): void => {
  if (changes.length === 0 || !view.tables.some(({ conclusions }) => conclusions)) return;
  for (const [base, together] of Map.groupBy(concluded(view), (one) => one.base)) {
    const values = touchedBy({ base, by: base.key[0] ?? '' }, changes);
    if (values.size > 0) drawAnew(statements, { view: view.name, generation }, { base, together }, values);
  }
};
