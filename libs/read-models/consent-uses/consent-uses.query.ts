// What relied on the consents of one learner, and what became of it on feeds.
import type { ConsentUses } from '#disclosure';
import type { LearnerId, Revision } from '#kernel';
import type { ViewReader } from '../engine/index.ts';
import { consentUsesView, fed, relied, taken } from './consent-uses.view.ts';

/** Of one learner: far more than there are. */
const ALL = 1_000_000;

export const consentUses = async (views: ViewReader, learner: LearnerId): Promise<ConsentUses> => {
  const of = { where: { learner }, limit: ALL };
  const [uses, feeds, deletions] = await Promise.all([
    views.rows(consentUsesView, relied, { ...of, order: ['consent', 'recipient', 'items'] }),
    views.rows(consentUsesView, fed, { ...of, order: ['recipient', 'item'] }),
    views.rows(consentUsesView, taken, { ...of, order: ['position', 'item'] }),
  ]);
  return {
    relied: uses.rows.map(({ consent, recipient, items, named, shown, shown_at: at }) => ({
      ...{ consent, recipient, named, items: JSON.parse(items) as readonly Revision[] },
      ...(shown !== null && at !== null && { shown: { position: shown, at } }),
    })),
    fed: feeds.rows.map(({ recipient, item, consent }) => ({ recipient, consent, item: Number(item) })),
    taken: deletions.rows.map(({ recipient, item, position, at }) => ({ recipient, position, at, item: Number(item) })),
  };
};
