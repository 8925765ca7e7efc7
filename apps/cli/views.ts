// Read models for a command: brought up to the end of the log first, whether or not a broker keeps them.
import { join } from 'node:path';
import type { ViewReader } from '#read-models';
import { SqliteViewStore } from '#read-models/sqlite';
import type { BrokerNode } from '../broker/node.ts';
import { Complaint } from './complaint.ts';
import type { Context } from './context.ts';
import { withNode } from './data-directory.ts';

const WAIT_MS = 60_000;

/** To make views anew; the broker itself only reads them and follows the log. */
export const openViews = ({ config }: Pick<BrokerNode, 'config'>): SqliteViewStore =>
  new SqliteViewStore({ file: join(config.data, 'views.sqlite') });

/** `view` is what `query` reads. */
export const queryViews = async <Result>(
  context: Context,
  view: string,
  query: (views: ViewReader, node: BrokerNode) => Promise<Result>,
): Promise<Result> =>
  withNode(
    context,
    async (node) => {
      const { projections, store, views } = node;
      if (!(await projections.waitFor(view, await store.head(), WAIT_MS))) {
        throw new Complaint(`The view ${view} does not follow the log: \`concordat rebuild\` makes it anew.`);
      }
      return query(views, node);
    },
    { projecting: true },
  );
