// Whoever names a position of the log is answered of views that are as far (contracts.md, Concordat-Min-Position; ADR 70). Which views a
// question reads is its own affair: each is waited for a little where it is read, so that no question need say which.
import { AsyncLocalStorage } from 'node:async_hooks';
import { Problem } from '#http';
import type { Position } from '#kernel';
import type { CountQuery, Found, FoundColumn, FoundRow, ProjectionEngine, RowQuery, TableShape, ViewReader, ViewShape } from '#read-models';

/** Longer than views take for what was just recorded, and no longer than somebody waits for a page. */
const PATIENCE_MS = 5000;

/** Thrown where a view has not come so far, nor comes within that time: 503. */
export class ViewBehind extends Problem {
  constructor() {
    const says = 'What you ask for has not come as far as Concordat-Min-Position says: ask the same again in a moment.';
    super(503, 'unavailable', says, { headers: { 'retry-after': '1' } });
  }
}

interface Least {
  readonly position: Position;
  readonly patienceMs: number;
}

const least = new AsyncLocalStorage<Least>();

/** What `work` reads of views is as far as the position at least. Reading rejects with `ViewBehind` otherwise. */
export const asFarAs = <Result>(position: Position, work: () => Result, patienceMs = PATIENCE_MS): Result =>
  least.run({ position, patienceMs }, work);

/** Views are read through this, wherever what is read is an answer. */
export class FreshViews implements ViewReader {
  readonly #views: ViewReader;
  readonly #engine: Pick<ProjectionEngine, 'waitFor'>;

  constructor(views: ViewReader, engine: Pick<ProjectionEngine, 'waitFor'>) {
    this.#views = views;
    this.#engine = engine;
  }

  async rows<Table extends TableShape>(view: ViewShape, table: Table, query: RowQuery<Table>): Promise<Found<FoundRow<Table>>> {
    await this.#reach(view);
    if (query.among) await this.#reach(query.among.view);
    return this.#views.rows(view, table, query);
  }

  async count<Table extends TableShape, By extends FoundColumn<Table>>(
    view: ViewShape,
    table: Table,
    query: CountQuery<Table, By>,
  ): Promise<Found<Pick<FoundRow<Table>, By> & { readonly count: number }>> {
    await this.#reach(view);
    return this.#views.count(view, table, query);
  }

  async #reach({ name }: ViewShape): Promise<void> {
    const asked = least.getStore();
    if (asked !== undefined && !(await this.#engine.waitFor(name, asked.position, asked.patienceMs))) throw new ViewBehind();
  }
}
