// What is held about one learner.
import type { AgencySlug, LearnerId, Position } from '#kernel';
import type { Found, ViewReader } from '../engine/index.ts';
import { held, holdings } from './holdings.view.ts';

export interface Holding {
  readonly category: string;
  readonly source: AgencySlug;
  /** How many events, from the first to the last of these positions. */
  readonly events: number;
  readonly firstPosition: Position;
  readonly lastPosition: Position;
}

/** In the order of category and source; empty for a learner of whom nothing is held. */
export const holdingsOf = async (views: ViewReader, learner: LearnerId): Promise<Found<Holding>> => {
  const { position, rows } = await views.rows(holdings, held, { where: { learner }, order: 'category', limit: ALL });
  const found = rows.map(({ category, source, events, first_position, last_position }) => ({
    category,
    source,
    events,
    firstPosition: first_position,
    lastPosition: last_position,
  }));
  return { position, rows: found };
};

/** Categories times agencies: far fewer. */
const ALL = 100_000;
