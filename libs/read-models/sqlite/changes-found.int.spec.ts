// What an event changes of rows that others made is found by an index: what is looked for by a learner, by that learner. Else each event
// costs as much as there is in the view, and a log as much as its square.
import { DatabaseSync } from 'node:sqlite';
import { followedWith } from '#learner-file';
import { allProjectors } from '../all-views.ts';
import type { Row, RowWriter, TableShape, ViewShape } from '../engine/index.ts';
import { generatedEvents, OTHER_LEARNER, TestLog } from '../fixtures/index.ts';
import { SqliteViewStore } from './index.ts';
import { deleteRows, physicalName, updateRows } from './table-sql.ts';

interface Changed {
  readonly view: ViewShape;
  readonly table: TableShape;
  readonly where: readonly string[];
  readonly set: readonly string[];
}

const log = new TestLog();
const views = new SqliteViewStore({ file: log.viewsFile });
afterAll(async () => {
  await views.close();
  await log.close();
});

const told = async (): Promise<void> => {
  const stated = { localId: 'x', postcode: 'WV1 2AB', role: 'personal-adviser', name: 'Sam' };
  const contribution = (type: string, category: string, header = {}) => log.contribution(type, { category, data: stated, header });
  await log.append(
    contribution('learner.registered', 'identity'),
    contribution('learner.adviser-assigned', 'adviser', { notes: { effects: { advisers: [1] } } }),
    contribution('record.retracted', 'adviser', { notes: { names: 1 } }),
  );
  const events = generatedEvents(log, { learners: 5, seed: 3 });
  for (let n = 0; n < 600; n++) await log.append(events.next().value);
  await log.append(log.contribution('learner.registered', { learner: OTHER_LEARNER, category: 'identity', data: stated }));
  await log.erase(OTHER_LEARNER, 'identity');
  await log.erase(OTHER_LEARNER);
};

/** Each kind of change once. */
const changed = async (): Promise<readonly Changed[]> => {
  const { decode, prepare } = followedWith(log.vault);
  const followed = (await log.store.readAll({ limit: 10_000 })).map(decode);
  await prepare(followed);
  const found = new Map<string, Changed>();
  for (const view of allProjectors) {
    const note = (table: TableShape, where: object, set: object = {}): void => {
      const [names, setNames] = [Object.keys(where), Object.keys(set)];
      found.set([view.name, table.name, ...names, '', ...setNames].join(), { view, table, where: names, set: setNames });
    };
    const rows: RowWriter = {
      put: () => undefined,
      merge: () => undefined,
      change: (table, where, set) => note(table, where, set),
      remove: (table, where) => note(table, where),
    };
    for (const event of followed) if (view.types === 'every' || view.types.has(event.recorded.type)) view.apply(event, rows);
  }
  return [...found.values()];
};

it('is looked for by what tells it from all others', async () => {
  await told();
  const generations = new Map((await views.open(allProjectors)).map(({ view, generation }) => [view, generation]));
  const db = new DatabaseSync(log.viewsFile, { readOnly: true });
  const plansOf = ({ view, table, where, set }: Changed): readonly string[] => {
    const physical = physicalName(view.name, generations.get(view.name) ?? 0, table.name);
    const sql = set.length === 0 ? deleteRows(physical, where) : updateRows(physical, where, set);
    const bound = [...set, ...where].map(() => 'x');
    return (db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...bound) as unknown as readonly Row[]).map(({ detail }) => String(detail));
  };
  const all = await changed();
  const wanting = all.flatMap((one) => {
    const [plan = ''] = plansOf(one);
    const isFound = plan.startsWith('SEARCH') && (!one.where.includes('learner') || plan.includes('learner=?'));
    return isFound ? [] : [`${one.view.name} ${one.table.name} by ${one.where.join(', ')}: ${plan}`];
  });
  db.close();
  expect(wanting).toEqual([]);
  expect(all.length).toBeGreaterThan(30);
});
