// What was told of somebody in other records of the same person: what stands there is missing in none of them (views.md, V14 and S15).
import type { ListCandidate } from '#disclosure';
import type { AgencySlug, LearnerId } from '#kernel';
import type { ViewReader } from '../engine/index.ts';
import { recordsBeside } from '../ties/index.ts';
import { factTable } from './fact-table.ts';
import { wordsIn } from './rules.ts';
import { issuesView } from './issues.view.ts';

const IDENTITY = ['learner.registered', 'learner.corrected'] as const;
const MOST = 100;

export interface StatedElsewhere {
  readonly learner: LearnerId;
  /** One of the words of a statement of identity: what it gives. */
  readonly gives: string;
  /** Absent: whoever told it. */
  readonly source?: AgencySlug | undefined;
}

/** Statements that give it. */
export const statedElsewhere = async (
  views: ViewReader,
  { learner, gives, source }: StatedElsewhere,
): Promise<NonNullable<ListCandidate['elsewhere']>> => {
  const records = await recordsBeside(views, learner);
  const found = records.flatMap((record) =>
    IDENTITY.map((type) => {
      const where = { learner: record, type, ...(source !== undefined && { source }) };
      return views.rows(issuesView, factTable, { where, order: 'revision', limit: MOST });
    }),
  );
  const rows = (await Promise.all(found)).flatMap((one) => one.rows);
  return rows.filter(({ code }) => wordsIn({ code }).includes(gives)).map(({ learner: of, revision }) => ({ learner: of, revision }));
};
