// What a page asks for each of its rows is found by an index that holds all that it is asked by: else the page costs as much as there is in
// the view, however little it shows.
import { DatabaseSync } from 'node:sqlite';
import { plainQuery } from '../engine/row-query.ts';
import { type RowChange, RowChanges, type TableShape, type ViewReader, type ViewShape } from '../engine/index.ts';
import { TestLog } from '../fixtures/index.ts';
import { countAgencyLooks, dayOfAgencyLook, proposeAgencyLooks } from '../flows/agency-looks.query.ts';
import { flowsView } from '../flows/flows.view.ts';
import { findUnusualAccess, lookedAtBy } from '../unusual-access/unusual-access.query.ts';
import { looks, pairs, unusualAccess } from '../unusual-access/unusual-access.view.ts';
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

describe('what is asked about unusual looks', () => {
  const [recipient, person, learner] = ['northside', 'p', 'l'];
  const look = (n: number, refused: 0 | 1): RowChange => {
    const marks = { at: n, outside: 1, refused, direct: 1 - refused };
    return { verb: 'put', table: looks, row: { recipient, person, day, learner, position: n + 1, ...marks } };
  };
  const all = Array.from({ length: 60 }, (_, n) => look(n, n < 30 ? 0 : 1));
  const pair: RowChange = { verb: 'merge', table: pairs, row: { learner, recipient, person, times: 30, last: Date.parse(day) } };
  const asked: Asked[] = [];
  let plans: readonly string[] = [];
  beforeAll(async () => {
    const [made] = await store.open([unusualAccess]);
    const generation = made?.generation ?? 0;
    await store.commit([{ view: unusualAccess, generation, from: 0, to: 1, changes: RowChanges.of(unusualAccess, [...all, pair]) }]);
    const { hits } = await findUnusualAccess(listening(asked), { from: day, to: day });
    expect(hits.map(({ rule }) => rule).toSorted()).toEqual(['many-refusals', 'outside-hours', 'same-learner']);
    await lookedAtBy(listening(asked), { agency: recipient, staff: person, limit: 5 });
    plans = await plansOf(asked);
  });

  it('is found in the order in which it is wanted, so that what is beyond the first of it costs nothing', () => {
    expect(plans.filter((plan) => plan.includes('TEMP B-TREE'))).toEqual([]);
    expect(new Set(asked.map(({ table }) => table.name)).size).toBe(4);
  });

  it('is, of pairs and of what one of them looked at of the other, read off an index alone', () => {
    const ofPairs = plans.filter((_, n) => asked[n]?.table === pairs || (asked[n]?.table === looks && 'learner' in asked[n].query.where));
    expect(ofPairs).toHaveLength(4);
    expect(ofPairs.filter((plan) => !/USING COVERING INDEX .*(times>|last>|learner=.* AND direct=)/.test(plan))).toEqual([]);
  });
});
