// What views are made anew of and into: a store of their own, beside what readers see.
import { join } from 'node:path';
import { allProjectors, allViewsAt } from '#read-models';
import type { Rebuilding } from '#read-models/bus';
import { StoringThread } from '#read-models/sqlite';
import type { BrokerNode } from './node.ts';

/** Rows come in no order: pages that are written again are to be in memory until then. */
const CACHE_MIB = 256;

export const rebuildingIn = ({ store, vault, config }: Pick<BrokerNode, 'store' | 'vault' | 'config'>): Rebuilding => ({
  store,
  vault,
  projectors: allProjectors,
  openViews: () => new StoringThread({ file: join(config.data, 'views.sqlite'), cacheMib: CACHE_MIB, views: allViewsAt }),
});
