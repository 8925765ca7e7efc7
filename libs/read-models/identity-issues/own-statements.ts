// An agency's own statements of who somebody is, as they stand, and where they stand among identity issues.
import type { AgencySlug, LearnerId, Position, Revision } from '#kernel';
import type { ViewReader } from '../engine/index.ts';
import { factTable, issuesView } from '../issues/index.ts';

const OWN_IDENTITY = ['learner.registered', 'learner.corrected'] as const;

const MOST = 100;

/** No learner's id is empty: what the data manager has a word in stands before what was registered on the same day. */
export const QUEUED_FIRST = '';

export interface OwnStatement {
  readonly learner: LearnerId;
  readonly type: string;
  /** Words for what it gives. */
  readonly code: string | null;
  /** In the learner's stream, and in the log. */
  readonly revision: Revision;
  readonly position: Position;
}

/** Registrations first. */
export const ownStatements = async (views: ViewReader, learner: LearnerId, source: AgencySlug): Promise<readonly OwnStatement[]> => {
  const found = OWN_IDENTITY.map((type) =>
    views.rows(issuesView, factTable, { where: { learner, type, source }, order: 'revision', limit: MOST }),
  );
  return (await Promise.all(found)).flatMap(({ rows }) => rows);
};
