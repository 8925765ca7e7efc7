// What views are made anew of and into: a store of their own, beside what readers see.
import { join } from 'node:path';
import { allProjectors, allViewsAt } from '#read-models';
import type { Rebuilding } from '#read-models/bus';
import { StoringThreads } from '#read-models/sqlite';
import type { BrokerNode } from './node.ts';

/** Rows come in no order: pages that are written again are to be in memory until then, as far as there is room. */
const MOST_CACHE_MIB = 3072;
const LEAST_CACHE_MIB = 64;
const cacheMib = (): number => Math.max(LEAST_CACHE_MIB, Math.min(MOST_CACHE_MIB, Math.floor(process.availableMemory() / 4 / 2 ** 20)));

export const rebuildingIn = ({ store, vault, config }: Pick<BrokerNode, 'store' | 'vault' | 'config'>): Rebuilding => ({
  store,
  vault,
  projectors: allProjectors,
  openViews: () => new StoringThreads({ file: join(config.data, 'views.sqlite'), cacheMib: cacheMib(), views: allViewsAt }),
});
