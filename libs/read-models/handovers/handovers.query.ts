// The asker's own programmes, the latest first, each with when it read what goes along with the learner.
import type { AgencySlug } from '#kernel';
import type { ViewReader } from '../engine/index.ts';
import { anchorsFor, type Look, type Proposal, type Proposed, type Proposing } from '../lists/index.ts';
import { handovers, reads } from './handovers.view.ts';

/** Of one learner by one agency: more than anybody asks for. */
const MOST_READS = 1000;

export const proposeHandovers = async (views: ViewReader, { asker, on, after, limit }: Proposing): Promise<Proposed> => {
  const where = { type: 'programme.started', source: asker.slug };
  const page = { newestFirst: true, limit, ...(after && { after }) };
  const { position, candidates } = await anchorsFor(views, handovers, { ...page, where, between: { day: { to: on } } });
  return { position, candidates: await Promise.all(candidates.map((candidate) => withLooks(views, candidate, asker.slug))) };
};

const withLooks = async (views: ViewReader, candidate: Proposal, agency: AgencySlug): Promise<Proposal> => {
  const where = { learner: candidate.learner, agency };
  const { rows } = await views.rows(handovers.view, reads, { where, order: ['read_on', 'position'], limit: MOST_READS });
  const looks = rows.map(({ read_on: on, shown }): Look => ({ on, shown: JSON.parse(shown) as readonly number[] }));
  return { ...candidate, looks };
};
