// Which learners to look at for questions and complaints: proposed alone, what became of them their files say.
import type { AgencySlug, LearnerId, Position } from '#kernel';
import type { Found, ViewReader } from '../engine/index.ts';
import { threads, threadsView } from './threads.view.ts';

export interface ThreadCandidate {
  /** Of the event that began it. */
  readonly position: Position;
  readonly learner: LearnerId;
}

export interface ThreadProposals {
  /** Those that wait come the oldest first, those answered the latest first. */
  readonly open: boolean;
  /** Put to this agency alone. */
  readonly about?: AgencySlug;
  /** In that order, those beyond this position alone. */
  readonly beyond?: Position;
  readonly limit: number;
}

export const proposeThreads = async (
  views: ViewReader,
  { open, about, beyond, limit }: ThreadProposals,
): Promise<Found<ThreadCandidate>> => {
  const { position, rows } = await views.rows(threadsView, threads, {
    where: { open: Number(open), ...(about !== undefined && { about }) },
    order: 'position',
    newestFirst: !open,
    ...(beyond !== undefined && { after: beyond }),
    limit,
  });
  return { position, rows: rows.map(({ position: at, learner }) => ({ position: at, learner })) };
};
