// Which event of the log an agency's own name for an item stands for: the broker alone can tell.
import type { AgencySlug, LearnerId, Position } from '#kernel';
import { learnerStream } from '#learner-file';
import { pairwiseItemId } from '#privacy';
import type { Town } from './town.ts';

/** The name under which an agency sees the event of a receipt. */
export const itemIdOf = ({ node }: Pick<Town, 'node'>, agency: AgencySlug, { position }: { readonly position?: string }): string =>
  pairwiseItemId(node.vault, agency, Number(position));

/** By item id as the agency sees it. */
export const positionsBy = async (
  { node }: Pick<Town, 'node'>,
  agency: AgencySlug,
  learner: LearnerId,
): Promise<ReadonlyMap<string, Position>> => {
  const events = await node.store.readStream(learnerStream(learner));
  return new Map(events.map(({ position }) => [pairwiseItemId(node.vault, agency, position), position]));
};
