// What views are made anew of and into: a store of their own, beside what readers see.
import { join } from 'node:path';
import { allProjectors } from '#read-models';
import type { Rebuilding } from '#read-models/bus';
import { SqliteViewStore } from '#read-models/sqlite';
import type { BrokerNode } from './node.ts';

export const rebuildingIn = ({ store, vault, config }: Pick<BrokerNode, 'store' | 'vault' | 'config'>): Rebuilding => ({
  store,
  vault,
  projectors: allProjectors,
  openViews: () => new SqliteViewStore({ file: join(config.data, 'views.sqlite') }),
});
