// The store of views in memory, for specs: it keeps every promise of the port but durability. What it held is gone with the process.
import { createHash } from 'node:crypto';
import {
  type Advance,
  type Among,
  concluded,
  type CountQuery,
  type Found,
  type FoundColumn,
  type FoundRow,
  type Generation,
  mustBeDeclaredWell,
  type PlainQuery,
  plainQuery,
  type Row,
  type RowQuery,
  type TableShape,
  totalled,
  touchedBy,
  type Value,
  type ViewContent,
  type ViewShape,
  type ViewStore,
  ViewStoreError,
  writtenTables,
} from '../engine/index.ts';
import { compareRows, MemoryTable, type Undo } from './memory-table.ts';
import { conclusionsIn, totalsIn } from './kept-up-tables.ts';

interface KeptGeneration {
  readonly view: ViewShape;
  readonly generation: number;
  readonly tables: ReadonlyMap<string, MemoryTable>;
  position: number;
  /** Readers see it. */
  seen: boolean;
}

interface Amid<Table extends TableShape> {
  readonly plain: PlainQuery;
  readonly among: Among<Table>;
}

/** What stores share, as processes share a file: it outlives those opened on it. */
export class KeptViews {
  readonly generations = new Map<number, KeptGeneration>();
  #made = 0;

  /** No number is ever used again. */
  make(view: ViewShape, seen: boolean): KeptGeneration {
    view.tables.forEach(mustBeDeclaredWell);
    for (const shape of view.tables) if (shape.totals) totalled(shape, view.tables);
    concluded(view);
    const tables = new Map(view.tables.map((shape) => [shape.name, new MemoryTable(shape)]));
    const kept: KeptGeneration = { view, generation: ++this.#made, tables, position: 0, seen };
    this.generations.set(kept.generation, kept);
    return kept;
  }

  of({ name }: ViewShape): readonly KeptGeneration[] {
    return [...this.generations.values()].filter(({ view }) => view.name === name);
  }

  seen(shape: ViewShape): KeptGeneration | undefined {
    return this.of(shape).find(({ view, seen }) => seen && view.version === shape.version);
  }

  drop(view: ViewShape, which: (kept: KeptGeneration) => boolean): void {
    for (const kept of this.of(view)) if (which(kept)) this.generations.delete(kept.generation);
  }
}

export class MemoryViewStore implements ViewStore {
  readonly #kept: KeptViews;
  #closed = false;

  /** Absent: views of its own. */
  constructor(kept = new KeptViews()) {
    this.#kept = kept;
  }

  async open(views: readonly ViewShape[]): Promise<readonly Generation[]> {
    const kept = this.#open();
    return views.map((view) => placeOf(kept.seen(view) ?? this.#fresh(view)));
  }

  async restart(views: readonly ViewShape[]): Promise<void> {
    this.#open();
    for (const view of views) this.#fresh(view);
  }

  async begin(views: readonly ViewShape[]): Promise<readonly Generation[]> {
    const kept = this.#open();
    return views.map((view) => {
      kept.drop(view, ({ seen }) => !seen);
      return placeOf(kept.make(view, false));
    });
  }

  async commit(advances: readonly Advance[]): Promise<void> {
    this.#open();
    const undone: Undo[] = [];
    try {
      for (const advance of advances) undone.push(this.#move(advance));
      for (const { view, generation, changes } of advances) {
        for (const change of changes.list())
          undone.push(applied(view, () => tableOf(this.#generation(view, generation), change.table).apply(change)));
        applied(view, () => concluded(view).map((one) => touchedBy(one, changes)));
      }
    } catch (cause) {
      for (const undo of undone.reverse()) undo();
      throw cause;
    }
  }

  async current(view: ViewShape): Promise<Generation | undefined> {
    const seen = this.#open().seen(view);
    return seen && placeOf(seen);
  }

  async content(view: ViewShape, generation: number): Promise<ViewContent> {
    const kept = this.#generation(view, generation);
    if (kept.view.version !== view.version) throw movedOn(view.name);
    const hash = createHash('sha256');
    let rows = 0;
    for (const { name, columns } of [...writtenTables(view.tables)].sort((one, other) => (one.name < other.name ? -1 : 1))) {
      hash.update(`${JSON.stringify([name, Object.keys(columns)])}\n`);
      for (const row of tableOf(kept, { name }).inOrder()) {
        hash.update(`${JSON.stringify(Object.keys(columns).map((column) => row[column]))}\n`);
        rows += 1;
      }
    }
    return { position: kept.position, rows, hash: hash.digest('hex') };
  }

  /** What follows is drawn at each look. */
  async conclude(view: ViewShape, generation: number): Promise<void> {
    this.#generation(view, generation);
  }

  async replace(views: readonly { readonly view: ViewShape; readonly generation: number }[]): Promise<boolean> {
    const kept = this.#open();
    const replacing = views.map(({ view, generation }) => ({ kept: this.#generation(view, generation), seen: kept.seen(view) }));
    if (replacing.some((one) => one.kept.position < (one.seen?.position ?? 0))) return false;
    for (const { kept: one } of replacing) {
      kept.drop(one.view, ({ generation }) => generation !== one.generation);
      one.seen = true;
    }
    return true;
  }

  async rows<Table extends TableShape>(view: ViewShape, table: Table, query: RowQuery<Table>): Promise<Found<FoundRow<Table>>> {
    const plain = plainQuery(query);
    if (query.among) return this.#findAmong(view, table, { plain, among: query.among });
    return this.#find(view, table, (held) => held.find<Table>(plain));
  }

  async count<Table extends TableShape, By extends FoundColumn<Table>>(
    view: ViewShape,
    table: Table,
    { where = {}, by }: CountQuery<Table, By>,
  ): Promise<Found<Pick<FoundRow<Table>, By> & { readonly count: number }>> {
    return this.#find(view, table, (held) => {
      const counted = new Map<string, Row & { readonly count: number }>();
      for (const row of held.matching(where as Row)) {
        const values = Object.fromEntries(by.map((column) => [column, row[column] ?? null])) as Row;
        const key = JSON.stringify(values);
        counted.set(key, { ...values, count: (counted.get(key)?.count ?? 0) + 1 });
      }
      return [...counted.values()].sort(compareRows(by)) as unknown as (Pick<FoundRow<Table>, By> & { readonly count: number })[];
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  #open(): KeptViews {
    if (this.#closed) throw new ViewStoreError('closed', 'The store of views is closed.');
    return this.#kept;
  }

  #fresh(view: ViewShape): KeptGeneration {
    this.#kept.drop(view, ({ seen }) => seen);
    return this.#kept.make(view, true);
  }

  #generation(view: ViewShape, generation: number): KeptGeneration {
    const kept = this.#open().generations.get(generation);
    if (kept?.view.name !== view.name) throw movedOn(view.name);
    return kept;
  }

  #move({ view, generation, from, to }: Advance): Undo {
    const kept = this.#generation(view, generation);
    if (kept.position !== from) throw movedOn(view.name);
    kept.position = to;
    return () => (kept.position = from);
  }

  #findAmong<Table extends TableShape>(view: ViewShape, table: Table, { plain, among }: Amid<Table>): Found<FoundRow<Table>> {
    const [seen, others] = [this.#open().seen(view), this.#kept.seen(among.view)];
    if (!seen || !others) return { position: 0, rows: [] };
    const rows = among.any.flatMap((other) => tableOf(others, other.table).matching({ [other.column]: other.value }));
    const values = new Set(rows.map((row) => row[among.column] ?? null));
    for (const value of unitedWith(others, among, values)) values.add(value);
    const found = tableOf(seen, table).find<Table>(plain, { column: among.column, values });
    return { position: Math.min(seen.position, others.position), rows: found };
  }

  #find<Item>(view: ViewShape, table: TableShape, find: (held: MemoryTable) => readonly Item[]): Found<Item> {
    const seen = this.#open().seen(view);
    return seen ? { position: seen.position, rows: find(tableOf(seen, table)) } : { position: 0, rows: [] };
  }
}

/** Those that stand for one with any of these. */
const unitedWith = (
  others: KeptGeneration,
  { column, united }: Pick<Among<TableShape>, 'column' | 'united'>,
  values: ReadonlySet<Value>,
): readonly Value[] => {
  if (!united) return [];
  const rows = tableOf(others, united.table).inOrder();
  const ones = new Set(rows.filter((row) => values.has(row[column] ?? null)).map((row) => row[united.by]));
  return rows.filter((row) => ones.has(row[united.by])).map((row) => row[column] ?? null);
};

const placeOf = ({ view, generation, position }: KeptGeneration): Generation => ({ view: view.name, generation, position });

const tableOf = ({ view, tables }: Pick<KeptGeneration, 'view' | 'tables'>, { name }: Pick<TableShape, 'name'>): MemoryTable => {
  const table = tables.get(name);
  const shape = view.tables.find((one) => one.name === name);
  if (!table || !shape) throw new TypeError(`The view has no table ${name}.`);
  if (shape.conclusions) return conclusionsIn(concluded(view), shape, tables);
  return shape.totals === undefined ? table : totalsIn(shape, view.tables, (base) => tableOf({ view, tables }, base).inOrder());
};

const applied = <Made>({ name }: ViewShape, apply: () => Made): Made => {
  try {
    return apply();
  } catch (cause) {
    throw new ViewStoreError('refused', 'The rows do not fit the tables of their view.', { cause, view: name });
  }
};

const movedOn = (view: string): ViewStoreError =>
  new ViewStoreError('moved-on', 'Another process moved or replaced this view meanwhile.', { view });
