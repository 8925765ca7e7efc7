// Prepared statements by their text: there are as many as there are shapes of changes and queries, which are few.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Row, RowChange, TableShape, Value } from '../engine/index.ts';
import { deleteRows, insertRow, physicalName, updateRows } from './table-sql.ts';

interface Inserting {
  readonly statement: StatementSync;
  readonly columns: readonly string[];
}

export class RowStatements {
  readonly #db: DatabaseSync;
  readonly #byText = new Map<string, StatementSync>();
  readonly #inserting = new Map<string, Inserting>();

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
    this.#inserting.clear();
  }

  apply(view: string, generation: number, change: RowChange): void {
    const physical = physicalName(view, generation, change.table.name);
    switch (change.verb) {
      case 'put':
      case 'merge': {
        const { statement, columns } = this.#insert(physical, change.table, change.verb);
        statement.run(...columns.map((column) => valueOf(change.row, column)));
        return;
      }
      case 'change': {
        const sql = updateRows(physical, Object.keys(change.where), Object.keys(change.set));
        this.prepare(sql).run(...Object.values(change.set), ...Object.values(change.where));
        return;
      }
      case 'remove':
        this.prepare(deleteRows(physical, Object.keys(change.where))).run(...Object.values(change.where));
    }
  }

  #insert(physical: string, table: TableShape, verb: 'put' | 'merge'): Inserting {
    const name = `${verb} ${physical}`;
    const known = this.#inserting.get(name);
    if (known) return known;
    const inserting = { statement: this.#db.prepare(insertRow(table, physical, verb)), columns: Object.keys(table.columns) };
    this.#inserting.set(name, inserting);
    return inserting;
  }
}

// A column left out must not pass for one without a value: binding undefined fails.
const valueOf = (row: Row, column: string): Value => row[column] as Value;
