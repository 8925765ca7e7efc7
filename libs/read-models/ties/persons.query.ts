// Which records are one person's, as the data manager's merges tell (ADR 45).
import type { LearnerId } from '#kernel';
import type { ViewReader } from '../engine/index.ts';
import { persons, tiesView } from './ties.view.ts';

const MOST = 100;

/** The others. */
export const recordsBeside = async (views: ViewReader, learner: LearnerId): Promise<readonly LearnerId[]> => {
  const { rows } = await views.rows(tiesView, persons, { where: { learner }, order: 'merged', limit: 1 });
  const person = rows[0]?.person;
  if (person === undefined) return [];
  const found = await views.rows(tiesView, persons, { where: { person }, order: 'learner', limit: MOST });
  return [...new Set(found.rows.map((one) => one.learner))].filter((one) => one !== learner);
};
