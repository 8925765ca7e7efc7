// Of two records that are one person's, told of with two numbers: which the data manager said is not right (views.md, S15; ADR 95).
import type { Instant, LearnerId, Position } from '#kernel';
import type { Found, ViewReader } from '../engine/index.ts';
import { dataQuality, decided, decisions } from './data-quality.view.ts';

export interface WrongNumber {
  /** In whose record it is. */
  readonly learner: LearnerId;
  /** Of the decision that holds. */
  readonly position: Position;
  readonly decidedAt: Instant;
}

const ALL = 100_000;

/** As long as the two are one. */
export const wrongNumbers = async (views: ViewReader): Promise<Found<WrongNumber>> => {
  const { position, rows } = await views.rows(dataQuality, decisions, { where: { outcome: 'same' }, order: 'pair', limit: ALL });
  const found = rows.map(async ({ pair, right, decided_at: decidedAt }): Promise<readonly WrongNumber[]> => {
    if (right === null) return [];
    const others = (JSON.parse(pair) as readonly LearnerId[]).filter((learner) => learner !== right);
    const places = await views.rows(dataQuality, decided, { where: { pair }, order: 'position', limit: ALL });
    return others.map((learner) => ({ learner, position: places.rows.at(-1)?.position ?? 0, decidedAt }));
  });
  return { position, rows: (await Promise.all(found)).flat() };
};
