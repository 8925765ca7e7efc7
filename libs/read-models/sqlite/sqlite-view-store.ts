// Views in one SQLite file. It can be made anew from the log, so a commit need not reach the disk; rows and checkpoint commit together.
import type { DatabaseSync } from 'node:sqlite';
import { type FileMark, type LogWitness, openMarked } from '#custody';
import { probeWriting, ShortWal, transaction, whenFree } from '#sqlite';
import {
  type Advance,
  type CountQuery,
  type Found,
  type FoundColumn,
  type FoundRow,
  type Generation,
  plainQuery,
  type RowQuery,
  type TableShape,
  type Value,
  type ViewContent,
  type ViewShape,
  type ViewStore,
  ViewStoreError,
} from '../engine/index.ts';
import { type Amid, rowsAmong } from './rows-among.ts';
import { contentHash, countRows, physicalName, prepareGenerations, selectRows } from './table-sql.ts';
import { applyChanges, drawAll } from './conclusions.ts';
import { Generations, type KnownGeneration, RowStatements } from './generations.ts';
import { failureOf, failureOfRows } from './sqlite-failure.ts';

const CACHE_MIB = 32;
/** A page that is written often goes to the file itself once in so many pages of the WAL: 32 MiB. */
const CHECKPOINT_PAGES = 8192;
/** The same for the thread, which holds up nobody: 16 MiB. */
const SERVING_PAGES = 4096;
const LONGEST_WAL_BYTES = 64 * 1024 * 1024;
const SETTINGS = 'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY;';

export interface SqliteViewStoreOptions {
  readonly file: string;
  /** The log that the views show: the file is marked as belonging to it. */
  readonly log?: LogWitness | undefined;
  /** Memory for pages. */
  readonly cacheMib?: number;
  /** While others are served: no commit copies pages to their places, a thread does. */
  readonly serving?: boolean;
}

export type NamedGeneration = { readonly view: ViewShape; readonly generation: number };

export class SqliteViewStore implements ViewStore {
  readonly #db: DatabaseSync;
  readonly #shortWal: ShortWal;
  readonly #generations: Generations;
  readonly #statements: RowStatements;
  readonly #mark: FileMark;
  #closed = false;

  /** Makes the file where there is none, with mode 600. Throws `ViewStoreError`. */
  constructor({ file, log, cacheMib = CACHE_MIB, serving = false }: SqliteViewStoreOptions) {
    try {
      const settings = (db: DatabaseSync): void => db.exec(`${SETTINGS} PRAGMA cache_size = -${cacheMib * 1024};`);
      const { db, mark } = openMarked(file, log, { settings, schema: prepareGenerations });
      this.#db = db;
      this.#mark = mark;
    } catch (cause) {
      throw failureOf(cause);
    }
    this.#shortWal = new ShortWal(this.#db, file, {
      checkpointPages: serving ? SERVING_PAGES : CHECKPOINT_PAGES,
      elsewhere: serving,
      longest: LONGEST_WAL_BYTES,
    });
    this.#generations = new Generations(this.#db);
    this.#statements = new RowStatements(this.#db);
  }

  async open(views: readonly ViewShape[]): Promise<readonly Generation[]> {
    return this.#write(() => views.map((view) => this.#generations.seen(view) ?? this.#fresh(view)));
  }

  async restart(views: readonly ViewShape[]): Promise<void> {
    await this.#write(() => views.forEach((view) => this.#fresh(view)));
  }

  async begin(views: readonly ViewShape[]): Promise<readonly Generation[]> {
    return this.#write(() =>
      views.map((view) => {
        this.#drop(view, ({ seen }) => !seen);
        return this.#generations.create(view, false);
      }),
    );
  }

  async commit(advances: readonly Advance[]): Promise<void> {
    await this.#write(() => {
      const left = this.#generations.move(advances);
      if (left) throw movedOn(left.view.name);
      for (const advance of advances) this.#applyRows(advance);
      this.#mark.remember();
    });
  }

  async current(view: ViewShape): Promise<Generation | undefined> {
    return this.#read(() => this.#generations.seen(view));
  }

  async content(view: ViewShape, generation: number): Promise<ViewContent> {
    return this.#read(() => {
      const { position } = this.#known({ view, generation });
      return { position, ...contentHash(this.#db, view, generation) };
    });
  }

  async conclude(view: ViewShape, generation: number): Promise<void> {
    if (await this.#read(() => this.#known({ view, generation }).concluded)) return;
    for (const draw of drawAll(this.#statements, view, generation)) await this.#write(draw);
    await this.#write(() => this.#generations.conclude(view, generation));
  }

  /** Of a generation whose rows have come with all that follows from them: from now on that is kept up. */
  async keepUp(view: ViewShape, generation: number): Promise<void> {
    await this.#write(() => this.#generations.keepUp(view, generation));
  }

  /** Drops those of these generations that nobody sees. */
  async discard(views: readonly NamedGeneration[]): Promise<void> {
    await this.#write(() => {
      for (const { view, generation } of views) this.#drop(view, (one) => one.generation === generation && !one.seen);
    });
  }

  async replace(views: readonly NamedGeneration[]): Promise<boolean> {
    return this.#write(() => {
      const level = views.every((named) => this.#known(named).position >= (this.#generations.seen(named.view)?.position ?? 0));
      if (level) views.forEach((named) => this.#show(named));
      return level;
    });
  }

  async rows<Table extends TableShape>(view: ViewShape, table: Table, query: RowQuery<Table>): Promise<Found<FoundRow<Table>>> {
    const plain = plainQuery(query);
    const bound = [...valuesOf(plain.where), ...plain.between.map(({ value }) => value), ...(plain.after ?? []), plain.limit];
    if (query.among) return this.#findAmong(view, table, { plain, bound, among: query.among });
    return this.#find(view, table, (physical) => this.#statements.rows(selectRows(table, physical, plain), bound) as never);
  }

  async count<Table extends TableShape, By extends FoundColumn<Table>>(
    view: ViewShape,
    table: Table,
    { where = {}, by }: CountQuery<Table, By>,
  ): Promise<Found<Pick<FoundRow<Table>, By> & { readonly count: number }>> {
    return this.#find(view, table, (physical) => {
      const sql = countRows(physical, Object.keys(where), by);
      return this.#statements.rows(sql, valuesOf(where)) as unknown as (Pick<FoundRow<Table>, By> & { count: number })[];
    });
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#mark.end();
    this.#shortWal.stop();
    this.#db.close();
  }

  /** Rejects with `ViewStoreError` where nothing can be written now. */
  async probe(): Promise<void> {
    await this.#whenFree(() => probeWriting(this.#db));
  }

  #applyRows(advance: Advance): void {
    try {
      applyChanges(this.#statements, advance, () => this.#known(advance).concluded);
    } catch (cause) {
      throw failureOfRows(advance.view.name, cause);
    }
  }

  #findAmong<Item>(view: ViewShape, table: TableShape, amid: Amid): Promise<Found<Item>> {
    return this.#read(() => {
      const [seen, others] = [this.#generations.seen(view), this.#generations.seen(amid.among.view)];
      if (!seen || !others) return { position: 0, rows: [] };
      const rows = rowsAmong(this.#statements, { physical: physicalName(view.name, seen.generation, table.name), table, others }, amid);
      return { position: Math.min(seen.position, others.position), rows: rows as unknown as Item[] };
    });
  }

  #find<Item>(view: ViewShape, table: TableShape, find: (physical: string) => Item[]): Promise<Found<Item>> {
    return this.#read(() => {
      const seen = this.#generations.seen(view);
      return seen
        ? { position: seen.position, rows: find(physicalName(view.name, seen.generation, table.name)) }
        : { position: 0, rows: [] };
    });
  }

  #known({ view, generation }: NamedGeneration): KnownGeneration {
    const known = this.#generations.all(view).find((one) => one.generation === generation);
    if (known?.version !== view.version) throw movedOn(view.name);
    return known;
  }

  #show({ view, generation }: NamedGeneration): void {
    if (!this.#known({ view, generation }).concluded) {
      for (const draw of drawAll(this.#statements, view, generation)) draw();
      this.#generations.conclude(view, generation);
    }
    this.#drop(view, (one) => one.generation !== generation);
    this.#generations.show({ view: view.name, generation });
  }

  #fresh(view: ViewShape): Generation {
    this.#drop(view, ({ seen }) => seen);
    return this.#generations.create(view, true);
  }

  #drop(view: ViewShape, which: (one: { readonly generation: number; readonly seen: boolean }) => boolean): void {
    this.#generations
      .all(view)
      .filter(which)
      .forEach((one) => this.#generations.drop(one));
    this.#statements.forget();
  }

  #write<Result>(work: () => Result): Promise<Result> {
    return this.#whenFree(() => transaction(this.#db, work));
  }

  /** What is found belongs together: another process may replace a view between two looks. */
  #read<Result>(work: () => Result): Promise<Result> {
    return this.#whenFree(() => transaction(this.#db, work, 'BEGIN'));
  }

  async #whenFree<Result>(work: () => Result): Promise<Result> {
    try {
      return await whenFree(() => {
        if (this.#closed) throw new ViewStoreError('closed', 'The store of views is closed.');
        return work();
      });
    } catch (cause) {
      throw failureOf(cause);
    }
  }
}

const valuesOf = (where: object): readonly Value[] => Object.values(where) as Value[];

export const movedOn = (view: string): ViewStoreError =>
  new ViewStoreError('moved-on', 'Another process moved or replaced this view meanwhile.', { view });
