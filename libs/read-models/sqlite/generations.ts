// The tables of views as the file holds them: which generations there are, which of them readers see, and the statements that change them.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import {
  type Advance,
  concluded,
  type Generation,
  type Row,
  type RowChange,
  type RowChanges,
  type TableShape,
  totalled,
  type Value,
  type ViewShape,
} from '../engine/index.ts';
import { createIndexes, createTable, deleteRows, drawTotals, insertRow, keepTotals, physicalName, updateRows } from './table-sql.ts';

export interface KnownGeneration extends Generation {
  readonly version: number;
  /** Readers see it. */
  readonly seen: boolean;
  /** Totals of its rows and what follows from these are kept up with them: of whatever readers see they are. */
  readonly concluded: boolean;
}

const COLUMNS = 'view, generation, version, position, seen';

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
    return (this.#ofView.all(name) as unknown as Stored[]).map(known);
  }

  seen({ name, version }: ViewShape): KnownGeneration | undefined {
    const row = this.#seen.get(name) as unknown as Stored | undefined;
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
    this.#makeTables(view, generation);
    if (seen) this.#keepTotals(view, generation);
    return { view: view.name, generation, position: 0 };
  }

  /** One that nobody sees, under the number that it has in another file. Its indexes are not made. */
  adopt(view: ViewShape, { generation }: Pick<Generation, 'generation'>): void {
    this.#db.prepare('INSERT INTO generations VALUES (?, ?, ?, 0, 0)').run(generation, view.name, view.version);
    this.#makeTables(view, generation, false);
  }

  #makeTables(view: ViewShape, generation: number, indexed = true): void {
    concluded(view);
    for (const table of view.tables) {
      const physical = physicalName(view.name, generation, table.name);
      this.#db.exec(createTable(table, physical));
      if (indexed) this.#db.exec(createIndexes(table, physical));
    }
    for (const table of view.tables) if (table.totals) totalled(table, view.tables);
  }

  #keepTotals(view: ViewShape, generation: number): void {
    const physicalOf = (name: string): string => physicalName(view.name, generation, name);
    for (const table of view.tables) if (table.totals) this.#db.exec(keepTotals(table, view.tables, physicalOf));
  }

  /** The tables are found by name, since an older version's are declared nowhere any more. */
  drop({ view, generation }: Omit<Generation, 'position'>): void {
    const prefix = physicalName(view, generation, 'x').slice(1, -2);
    const tables = this.#db
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND substr(name, 1, ?) = ?")
      .all(prefix.length, prefix);
    for (const { name } of tables as unknown as { name: string }[]) this.#db.exec(`DROP TABLE "${name}"`);
    this.#db.prepare('DELETE FROM generations WHERE view = ? AND generation = ?').run(view, generation);
  }

  /** Counts the totals of all rows; from now on these and conclusions are kept up. Nothing, where they are already. */
  conclude(view: ViewShape, generation: number): void {
    if (!this.keepUp(view, generation)) return;
    const physicalOf = (name: string): string => physicalName(view.name, generation, name);
    for (const table of view.tables) if (table.totals) this.#db.exec(drawTotals(table, view.tables, physicalOf));
  }

  /** The same, where totals and conclusions have come with the rows. False: nothing, they are kept up already, or are gone. */
  keepUp(view: ViewShape, generation: number): boolean {
    const keeping = this.#db.prepare('UPDATE generations SET seen = 2 WHERE view = ? AND generation = ? AND seen = 0');
    if (keeping.run(view.name, generation).changes === 0) return false;
    this.#keepTotals(view, generation);
    return true;
  }

  show({ view, generation }: Omit<Generation, 'position'>): void {
    this.#db.prepare('UPDATE generations SET seen = 1 WHERE view = ? AND generation = ?').run(view, generation);
  }
}

interface Stored extends Omit<KnownGeneration, 'seen' | 'concluded'> {
  readonly seen: number;
}

const known = ({ seen, ...row }: Stored): KnownGeneration => ({ ...row, seen: seen === 1, concluded: seen > 0 });

// Prepared statements by their text: there are as many as there are shapes of changes and queries, which are few.

/** Generations have numbers of their own across all views. */
export interface Target {
  readonly view: string;
  readonly generation: number;
}

interface WithColumns {
  readonly statement: StatementSync;
  readonly columns: readonly string[];
}

export interface Use {
  readonly use: string;
  /** Columns by which rows are looked for. */
  readonly by: readonly string[];
}

type Inserts = Map<TableShape, Map<number, WithColumns>>;

export type Lookup = (target: Target, table: TableShape, by: readonly string[]) => void;

export class RowStatements {
  readonly #db: DatabaseSync;
  readonly #byText = new Map<string, WithColumns>();
  readonly #byUse = new Map<string, StatementSync>();
  readonly #inserts: Readonly<Record<'put' | 'merge', Inserts>> = { put: new Map(), merge: new Map() };
  readonly #before: Lookup;

  /** `before`: told of rows that will be looked for by these columns, before the first time, and once more after `forget`. */
  constructor(db: DatabaseSync, before: Lookup = () => undefined) {
    this.#db = db;
    this.#before = before;
  }

  /** Rows come as arrays: the objects that SQLite makes take twice as long to make, and ten times as long to read from. */
  rows(sql: string, bound: readonly Value[]): readonly Row[] {
    const { statement, columns } = this.#reading(sql);
    return (statement.all(...bound) as unknown as readonly (readonly Value[])[]).map((values) => {
      const row: Record<string, Value> = {};
      for (let at = 0; at < columns.length; at++) row[columns[at] as string] = values[at] as Value;
      return row;
    });
  }

  /** Of one generation's table, by what it is for, which says all that its text depends on: the text is made once. */
  of(target: Target, table: TableShape, { use, by }: Use, textOf: (physical: string) => string): StatementSync {
    const name = `${target.generation} ${table.name} ${use}`;
    const known = this.#byUse.get(name);
    if (known) return known;
    this.#before(target, table, by);
    const statement = this.#db.prepare(textOf(physicalOf(target, table)));
    this.#byUse.set(name, statement);
    return statement;
  }

  /** Statements on tables that are gone would be kept for ever. */
  forget(): void {
    this.#byText.clear();
    this.#byUse.clear();
    this.#inserts.put.clear();
    this.#inserts.merge.clear();
  }

  applyAll(target: Target, changes: RowChanges): void {
    changes.visit({
      row: (verb, { table }, values) => void this.#inserting(target, table, verb).statement.run(...(values as readonly Value[])),
      other: (change) => this.apply(target, change),
    });
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
        const [where, set] = [Object.keys(change.where), Object.keys(change.set)];
        const use = { use: `set ${set.join()} of ${where.join()}`, by: where };
        const statement = this.of(target, change.table, use, (table) => updateRows(table, where, set));
        statement.run(...Object.values(change.set), ...Object.values(change.where));
        return;
      }
      case 'remove': {
        const where = Object.keys(change.where);
        const use = { use: `remove ${where.join()}`, by: where };
        const statement = this.of(target, change.table, use, (table) => deleteRows(table, where));
        statement.run(...Object.values(change.where));
      }
    }
  }

  #reading(sql: string): WithColumns {
    const known = this.#byText.get(sql);
    if (known) return known;
    const statement = this.#db.prepare(sql);
    statement.setReturnArrays(true);
    const reading = { statement, columns: statement.columns().map(({ name }) => name) };
    this.#byText.set(sql, reading);
    return reading;
  }

  /** Found without making its text anew, since it is wanted for every row. */
  #inserting(target: Target, table: TableShape, verb: 'put' | 'merge'): WithColumns {
    const known = this.#inserts[verb].get(table)?.get(target.generation);
    if (known) return known;
    const inserting = {
      statement: this.#db.prepare(insertRow(table, physicalOf(target, table), verb)),
      columns: Object.keys(table.columns),
    };
    const ofTable = this.#inserts[verb].get(table) ?? new Map<number, WithColumns>();
    this.#inserts[verb].set(table, ofTable.set(target.generation, inserting));
    return inserting;
  }
}

const physicalOf = ({ view, generation }: Target, { name }: TableShape): string => physicalName(view, generation, name);
