// Those who are with providers that the asker links, who were handed over to it, and whom its own advisers left.
import type { ViewReader } from '../engine/index.ts';
import { anchorsFor, mergedPages, type Proposed, type Proposing, whomConcerns } from '../lists/index.ts';
import { linkedProviders } from '../on-programme/index.ts';
import { allocationAnchors } from './allocations.view.ts';

export const proposeAllocations = async (views: ViewReader, { asker, on, after, limit }: Proposing): Promise<Proposed> => {
  const page = { between: { day: { to: on } }, limit, ...(after && { after }) };
  const linked = await linkedProviders(views, asker.slug);
  const wanted = [
    ...linked.flatMap((source) => [{ where: { source, type: 'programme.started' } }, { where: { source, type: 'referral.made' } }]),
    { where: { type: 'referral.made' }, among: { ...whomConcerns({ ...asker, districts: [] }) } },
    { where: { source: asker.slug, type: 'learner.adviser-ended' } },
  ];
  const pages = await Promise.all(wanted.map((narrowed) => anchorsFor(views, allocationAnchors, { ...page, ...narrowed })));
  return mergedPages(pages, { limit });
};
