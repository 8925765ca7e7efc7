// No view goes through rows that have nothing to do with those that it changes or removes: that would take longer with each row there is.
import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { followedWith, learnerOfStream } from '#learner-file';
import { allProjectors, type Projector, type RowWriter, type TableShape } from '#read-models';
import { SqliteViewStore } from '#read-models/sqlite';
import { eraseLearner } from '#rights';
import { parseConfig } from '../../apps/broker/config.ts';
import { type BrokerNode, openNode } from '../../apps/broker/node.ts';
import { makeDemo } from '../../apps/cli/demo/make-demo.ts';

jest.setTimeout(180_000);

interface Found {
  readonly view: string;
  readonly table: TableShape;
  readonly where: readonly string[];
}

let folder: string;
let node: BrokerNode;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keys-'));
  const config = parseConfig({ CONCORDAT_DATA: join(folder, 'demo'), CONCORDAT_VERIFY_WORKERS: '0' });
  await makeDemo(config, { note: () => undefined });
  node = await openNode(config, { projecting: false });
});
afterAll(async () => {
  await node.close();
  rmSync(folder, { recursive: true });
});

/** By which columns views look for rows that they change or remove. */
const searchesOf = async (projectors: readonly Projector[]): Promise<readonly Found[]> => {
  const found = new Map<string, Found>();
  const writer = (view: string): RowWriter => {
    const search = (table: TableShape, where: object): void => {
      const columns = Object.keys(where);
      found.set(JSON.stringify([view, table.name, columns]), { view, table, where: columns });
    };
    return { put: () => undefined, merge: () => undefined, change: search, remove: search };
  };
  const { decode, prepare } = followedWith(node.vault);
  const events = (await node.store.readAll({ limit: 100_000 })).map(decode);
  await prepare(events);
  for (const projector of projectors) {
    const rows = writer(projector.name);
    for (const event of events) if (projector.types === 'every' || projector.types.has(event.recorded.type)) projector.apply(event, rows);
  }
  return [...found.values()];
};

/** How many of the columns a key or an index begins with. */
const servedBy = (index: readonly string[], where: readonly string[]): number => {
  const first = index.findIndex((column) => !where.includes(column));
  return first < 0 ? index.length : first;
};

it('finds what is to be changed or removed by as many columns as any key or index of its table begins with', async () => {
  const learner = (await node.store.readAll({ limit: 1000 })).map(({ stream }) => learnerOfStream(stream)).find((id) => id !== undefined);
  if (learner === undefined) throw new Error('Nobody is known.');
  await eraseLearner(node, { learner, ground: 'b' });
  const searches = await searchesOf(allProjectors);
  const file = join(folder, 'views.sqlite');
  const store = new SqliteViewStore({ file });
  const generations = new Map((await store.open(allProjectors)).map(({ view, generation }) => [view, generation]));
  const db = new DatabaseSync(file);
  const amiss = searches.flatMap(({ view, table, where }) => {
    const physical = `${view.replaceAll('-', '_')}__${generations.get(view)}__${table.name}`;
    const sql = `DELETE FROM "${physical}" WHERE ${where.map((column) => `"${column}" IS ?`).join(' AND ')}`;
    const plan = db
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all()
      .map(({ detail }) => String(detail));
    const used = Math.max(...plan.map((detail) => detail.match(/\w+=\?/g)?.length ?? 0));
    const best = Math.max(...[table.key, ...(table.indexes ?? [])].map((index) => servedBy(index, where)));
    return used >= 1 && used === best ? [] : [{ view, table: table.name, where, plan, best }];
  });
  db.close();
  await store.close();
  expect(amiss).toEqual([]);
  expect(new Set(searches.map(({ view }) => view)).size).toBeGreaterThan(15);
});
