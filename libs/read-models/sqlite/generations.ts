// Which generations of views the file holds, where each stands, and which of them readers see.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Generation, ViewShape } from '../engine/index.ts';
import { createTable, physicalName } from './table-sql.ts';

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
    this.#move = db.prepare('UPDATE generations SET position = ?1 WHERE view = ?2 AND generation = ?3 AND position = ?4');
  }

  all({ name }: ViewShape): readonly KnownGeneration[] {
    return (this.#ofView.all(name) as unknown as Row[]).map(known);
  }

  seen({ name, version }: ViewShape): KnownGeneration | undefined {
    const row = this.#seen.get(name) as unknown as Row | undefined;
    return row?.version === version ? known(row) : undefined;
  }

  /** False where it is not at `from`. */
  move({ view, generation }: Omit<Generation, 'position'>, from: number, to: number): boolean {
    return this.#move.run(to, view, generation, from).changes === 1;
  }

  create(view: ViewShape, seen: boolean): Generation {
    const insert = this.#db.prepare('INSERT INTO generations (view, version, position, seen) VALUES (?, ?, 0, ?)');
    const generation = Number(insert.run(view.name, view.version, seen ? 1 : 0).lastInsertRowid);
    for (const table of view.tables) this.#db.exec(createTable(table, physicalName(view.name, generation, table.name)));
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
