// For what is told at once, where views come a moment later.
import { allProjectors } from '#read-models';
import type { BrokerNode } from '../../apps/broker/node.ts';

/** On a busy machine. */
const PATIENCE_MS = 120_000;

/** Resolves when every view has what was recorded until now. */
export const settled = async ({ projections, store }: Pick<BrokerNode, 'projections' | 'store'>): Promise<void> => {
  const head = await store.head();
  for (const { name } of allProjectors)
    if (!(await projections.waitFor(name, head, PATIENCE_MS))) throw new Error(`The view ${name} stands still.`);
};
