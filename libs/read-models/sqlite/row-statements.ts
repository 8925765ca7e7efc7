// Prepared statements by their text: there are as many as there are shapes of changes and queries, which are few.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { RowChange, TableShape, Value } from '../engine/index.ts';
import { deleteRows, insertRow, physicalName, updateRows } from './table-sql.ts';

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
