// What relied on the consents of one learner, and what became of it on feeds.
import type { ConsentUses } from '#disclosure';
import type { LearnerId, Revision } from '#kernel';
import type { RowOf, ViewReader } from '../engine/index.ts';
import { fed, flowsView, itemsOf, relied, type Used } from './flows.view.ts';

/** Of one learner: far more than there are. */
const ALL = 1_000_000;

type Fed = RowOf<typeof fed>;

const itemsIn = (json: string): readonly Revision[] => JSON.parse(json) as readonly Revision[];

/** What of a feed rests on which consent, by the last decision about each item. */
const restingAfter = (decisions: readonly Fed[]): ConsentUses['fed'] => {
  const held = new Map<string, ConsentUses['fed'][number]>();
  for (const { recipient, resting, others, taken } of decisions) {
    for (const item of [...itemsIn(others), ...itemsIn(taken)]) held.delete(`${recipient}\n${item}`);
    for (const [consent, items] of JSON.parse(resting) as readonly (readonly [string, readonly Revision[]])[])
      for (const item of items) held.set(`${recipient}\n${item}`, { recipient, item, consent });
  }
  return [...held.values()];
};

const reliedIn = ({ consent, recipient, used, named, shown, shown_at: at, times }: RowOf<typeof relied>): ConsentUses['relied'][number] => {
  const groups = JSON.parse(used) as Used;
  return {
    ...{ consent, recipient, named, times, items: itemsOf(groups) },
    groups: groups.map(([purpose, items]) => ({ ...(purpose !== null && { purpose }), items })),
    ...(shown !== null && at !== null && { shown: { position: shown, at } }),
  };
};

export const consentUses = async (views: ViewReader, learner: LearnerId): Promise<ConsentUses> => {
  const of = { where: { learner }, limit: ALL };
  const [uses, feeds] = await Promise.all([
    views.rows(flowsView, relied, { ...of, order: ['consent', 'recipient', 'used'] }),
    views.rows(flowsView, fed, { ...of, order: 'position' }),
  ]);
  return {
    position: Math.min(uses.position, feeds.position),
    relied: uses.rows.map(reliedIn),
    fed: restingAfter(feeds.rows),
    taken: feeds.rows.flatMap(({ recipient, position, at, taken }) => itemsIn(taken).map((item) => ({ recipient, item, position, at }))),
  };
};
