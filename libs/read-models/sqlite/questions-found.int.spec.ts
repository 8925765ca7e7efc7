// What a page asks for each of its rows is found by an index that holds all that it is asked by: else the page costs as much as there is in
// the view, however little it shows.
import { DatabaseSync } from 'node:sqlite';
import { plainQuery } from '../engine/row-query.ts';
import type { TableShape, ViewReader, ViewShape } from '../engine/index.ts';
import { TestLog } from '../fixtures/index.ts';
import { countAgencyLooks, dayOfAgencyLook, proposeAgencyLooks } from '../flows/agency-looks.query.ts';
import { flowsView } from '../flows/flows.view.ts';
import { SqliteViewStore } from './index.ts';
import { physicalName, selectRows } from './table-sql.ts';

const log = new TestLog();
const store = new SqliteViewStore({ file: log.viewsFile });
afterAll(async () => {
  await store.close();
  await log.close();
});

interface Asked {
  readonly view: ViewShape;
  readonly table: TableShape;
  readonly query: ReturnType<typeof plainQuery>;
}

/** Notes what is asked on the way to the store. */
const listening = (asked: Asked[]): ViewReader => ({
  rows: (view, table, query) => {
    asked.push({ view, table, query: plainQuery(query) });
    return store.rows(view, table, query);
  },
  count: (view, table, query) => store.count(view, table, query),
});

const plansOf = async (asked: readonly Asked[]): Promise<readonly string[]> => {
  const db = new DatabaseSync(log.viewsFile, { readOnly: true });
  const plans = asked.map(async ({ view, table, query }) => {
    const generation = (await store.current(view))?.generation ?? 0;
    const sql = selectRows(table, physicalName(view.name, generation, table.name), query);
    const bound = [...sql.matchAll(/\?/g)].map(() => 'x');
    return db
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all(...bound)
      .map(({ detail }) => String(detail))
      .join('; ');
  });
  const told = await Promise.all(plans);
  db.close();
  return told;
};

const agency = 'northside';
const day = '2026-01-05';
const QUESTIONS: readonly (readonly [string, (views: ViewReader) => Promise<unknown>, by: readonly string[]])[] = [
  ['the day of a look', (views) => dayOfAgencyLook(views, { agency, position: 7 }), ['position=?']],
  ['the looks of a day', (views) => proposeAgencyLooks(views, { agency, day, limit: 50 }), ['agency=?', 'day=?']],
  ['the days of an agency', (views) => countAgencyLooks(views, { agency, from: day, to: day }), ['agency=?', 'day>?', 'day<?']],
];

it.each(QUESTIONS)('%s: by all that it is asked by', async (_, ask, by) => {
  await store.open([flowsView]);
  const asked: Asked[] = [];
  await ask(listening(asked));
  const plans = await plansOf(asked);
  expect(plans).toHaveLength(1);
  expect(by.filter((column) => !plans[0]?.includes(column))).toEqual([]);
});
