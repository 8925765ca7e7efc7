// Views that are made anew lie in a database of their own, gone with its connection, and are copied into the file once all rows are there
// (ADR 0096): nobody waits meanwhile, no page is written twice, and of a rebuild that is broken off nothing stays.
import { DatabaseSync } from 'node:sqlite';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { transaction, whenFree } from '#sqlite';
import {
  type Advance,
  type Generation,
  type RebuildStore,
  type TableShape,
  type ViewContent,
  type ViewShape,
  ViewStoreError,
} from '../engine/index.ts';
import { applyChanges, drawAll } from './conclusions.ts';
import { Generations, RowStatements } from './generations.ts';
import { failureOf, failureOfRows } from './sqlite-failure.ts';
import { movedOn, type NamedGeneration, SqliteViewStore, type SqliteViewStoreOptions } from './sqlite-view-store.ts';
import { contentHash, copyTable, createIndexes, physicalName, prepareGenerations } from './table-sql.ts';

const CACHE_MIB = 32;
/** After each table others have as long as it took, but no longer than this, which is longer than they wait between two attempts. */
const BREAK_MS = 120;

export class ViewsAside implements RebuildStore {
  readonly #views: SqliteViewStore;
  readonly #db: DatabaseSync;
  readonly #generations: Generations;
  readonly #statements: RowStatements;
  /** Those that have not been copied yet. */
  readonly #aside = new Set<number>();
  /** Those that nobody sees yet. */
  readonly #unseen = new Map<number, ViewShape>();
  /** Names of tables that were. */
  readonly #copied = new Set<string>();
  /** When the next may be copied. */
  #freeAt = Number.NEGATIVE_INFINITY;

  /** `cacheMib`: for views that are made. More than that goes to a file beside the views, which has no name. Throws `ViewStoreError`. */
  constructor({ cacheMib, ...options }: SqliteViewStoreOptions) {
    this.#views = new SqliteViewStore(options);
    try {
      this.#db = temporaryBeside(options.file, cacheMib);
    } catch (cause) {
      void this.#views.close();
      throw failureOf(cause);
    }
    this.#generations = new Generations(this.#db);
    this.#statements = new RowStatements(this.#db, ({ view, generation }, table, by) => {
      if (!startsKey(table, by)) this.#index(table, physicalName(view, generation, table.name));
    });
  }

  async begin(views: readonly ViewShape[]): Promise<readonly Generation[]> {
    const begun = await this.#views.begin(views);
    await this.#whole(() => {
      for (const [place, generation] of begun.entries()) this.#adopt(views[place] as ViewShape, generation);
    });
    return begun;
  }

  #adopt(view: ViewShape, generation: Generation): void {
    for (const earlier of this.#generations.all(view)) {
      this.#generations.drop(earlier);
      this.#aside.delete(earlier.generation);
    }
    this.#statements.forget();
    this.#generations.adopt(view, generation);
    this.#aside.add(generation.generation);
    this.#unseen.set(generation.generation, view);
  }

  async commit(advances: readonly Advance[]): Promise<void> {
    const aside = advances.filter(({ generation }) => this.#aside.has(generation));
    if (aside.length === advances.length) return this.#together(advances);
    // All of it or nothing: only one file can promise that.
    for (const { view, generation } of aside) await this.conclude(view, generation);
    await this.#views.commit(advances);
  }

  async #together(advances: readonly Advance[]): Promise<void> {
    try {
      await this.#whole(() => this.#apply(advances));
    } catch (cause) {
      this.#statements.forget(); // an index that was made for one of them is gone with the batch
      throw cause;
    }
  }

  current(view: ViewShape): Promise<Generation | undefined> {
    return this.#views.current(view);
  }

  async content(view: ViewShape, generation: number): Promise<ViewContent> {
    if (!this.#aside.has(generation)) return this.#views.content(view, generation);
    return this.#whole(() => ({ position: this.#positionOf(view, generation), ...contentHash(this.#db, view, generation) }));
  }

  /** Copies it as well, with what follows from its rows. */
  async conclude(view: ViewShape, generation: number): Promise<void> {
    if (!this.#aside.has(generation)) return this.#views.conclude(view, generation);
    await this.#whole(() => {
      for (const draw of drawAll(this.#statements, view, generation)) draw();
      this.#generations.conclude(view, generation);
      for (const table of view.tables) this.#index(table, physicalName(view.name, generation, table.name));
    });
    for (const table of view.tables) await this.#copy(table, { view, generation });
    await this.#whole(() => this.#move({ view, generation }, this.#positionOf(view, generation)));
    await this.#views.keepUp(view, generation);
    this.#aside.delete(generation);
  }

  async replace(views: readonly NamedGeneration[]): Promise<boolean> {
    for (const { view, generation } of views) if (this.#aside.has(generation)) await this.conclude(view, generation);
    const replaced = await this.#views.replace(views);
    if (replaced) for (const { generation } of views) this.#unseen.delete(generation);
    return replaced;
  }

  /** What nobody came to see goes from the file too: no erasure would reach it. */
  async close(): Promise<void> {
    if (this.#db.isOpen) {
      this.#db.close();
      const unseen = [...this.#unseen].map(([generation, view]) => ({ view, generation }));
      // Where the file cannot be written now, the next rebuild drops them.
      if (unseen.length > 0) await this.#views.discard(unseen).catch(() => undefined);
    }
    await this.#views.close();
  }

  /** Where rows are looked for by them, or all are there: made of all rows at once, sorted, they take less than kept up with each. */
  #index(table: TableShape, physical: string): void {
    if (table.indexes) this.#db.exec(createIndexes(table, physical));
  }

  #apply(advances: readonly Advance[]): void {
    const left = this.#generations.move(advances);
    if (left) throw movedOn(left.view.name);
    for (const advance of advances) {
      try {
        applyChanges(this.#statements, advance, () => false);
      } catch (cause) {
        throw failureOfRows(advance.view.name, cause);
      }
    }
  }

  /** Each table by itself, so that others wait no longer than for the largest. */
  async #copy(table: TableShape, named: NamedGeneration): Promise<void> {
    const physical = physicalName(named.view.name, named.generation, table.name);
    if (this.#copied.has(physical)) return;
    await pause(Math.max(0, this.#freeAt - performance.now()));
    const began = performance.now();
    await this.#whole(() => {
      this.#move(named, 0);
      this.#db.exec(copyTable(table, `views.${physical}`, `main.${physical}`));
    });
    this.#copied.add(physical);
    const now = performance.now();
    this.#freeAt = now + Math.min(BREAK_MS, now - began);
  }

  /** In the file. Throws where the generation is there no more, or further. */
  #move({ view, generation }: NamedGeneration, position: number): void {
    const moving = this.#db.prepare('UPDATE views.generations SET position = ? WHERE view = ? AND generation = ? AND position = 0');
    if (moving.run(position, view.name, generation).changes === 0) throw movedOn(view.name);
  }

  #positionOf(view: ViewShape, generation: number): number {
    const known = this.#generations.all(view).find((one) => one.generation === generation);
    if (known?.version !== view.version) throw movedOn(view.name);
    return known.position;
  }

  async #whole<Result>(work: () => Result): Promise<Result> {
    if (!this.#db.isOpen) throw new ViewStoreError('closed', 'The store of views is closed.');
    try {
      return await whenFree(() => transaction(this.#db, work, 'BEGIN'));
    } catch (cause) {
      throw failureOf(cause);
    }
  }
}

const startsKey = ({ key }: TableShape, by: readonly string[]): boolean => key.slice(0, by.length).every((column) => by.includes(column));

/** What does not fit into memory lies in the folder of the views, since it is as confidential, and readable by nobody else. */
const temporaryBeside = (file: string, cacheMib = CACHE_MIB): DatabaseSync => {
  const db = new DatabaseSync('', { timeout: 0 });
  const folder = dirname(file).replaceAll("'", "''");
  try {
    // The folder is the whole process's, and is not to be set while others look at it.
    if (db.prepare('PRAGMA temp_store_directory').get()?.['temp_store_directory'] !== dirname(file))
      db.exec(`PRAGMA temp_store_directory = '${folder}'`);
    db.exec(`PRAGMA temp_store = FILE; PRAGMA journal_mode = MEMORY; PRAGMA main.cache_size = -${cacheMib * 1024}`);
    db.prepare('ATTACH ? AS views').run(file);
    db.exec('PRAGMA views.synchronous = NORMAL');
    prepareGenerations(db);
    return db;
  } catch (cause) {
    db.close();
    throw cause;
  }
};
