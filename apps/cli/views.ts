// Read models for a command: brought up to the end of the log first, whether or not a broker keeps them.
import { join } from 'node:path';
import { allProjectors, ProjectionEngine, type ViewReader } from '#projections';
import { SqliteViewStore } from '#projections/sqlite';
import type { BrokerNode } from '../broker/node.ts';
import { Complaint } from './complaint.ts';

const WAIT_MS = 60_000;

export const openViews = ({ config }: Pick<BrokerNode, 'config'>): SqliteViewStore => new SqliteViewStore(join(config.data, 'views.sqlite'));

/** `view` is what `query` reads. */
export const queryViews = async <Result>(node: BrokerNode, view: string, query: (views: ViewReader) => Promise<Result>): Promise<Result> => {
  const { store, vault } = node;
  const views = openViews(node);
  const stopping = new AbortController();
  const engine = new ProjectionEngine({ store, views, vault, projectors: allProjectors.filter(({ name }) => name === view) });
  const running = engine.run(stopping.signal);
  try {
    if (!(await engine.waitFor(view, await store.head(), WAIT_MS))) {
      throw new Complaint(`The view ${view} does not follow the log: \`concordat rebuild\` makes it anew.`);
    }
    return await query(views);
  } finally {
    stopping.abort();
    await running;
    await views.close();
  }
};
