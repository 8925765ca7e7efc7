// Invariant 10 for pages of lists: each row, decided again on what the log held then, comes out the same.
import { askerRecorded } from '#access';
import type { LearnerId } from '#kernel';
import { groupPermitted, groupRefused } from '../grounds.ts';
import { type PastParts, pastOf } from '../past.ts';
import { decideRow } from './decide-list.ts';
import type { ListDecided, ListPart } from './list-record.ts';

/** Undefined: the learner's part was erased, so that nothing can be compared. */
export type ReplayedRow = Pick<ListPart, 'permitted' | 'refused'> | undefined;

const NOBODY: LearnerId = '';
const NOTHING_DECIDED = { permitted: [], refused: [] };

/** In the order of the page. Throws where the recipient was nobody then. */
export const replayList = async (parts: PastParts, page: ListDecided): Promise<readonly ReplayedRow[]> => {
  const past = await pastOf(parts, page);
  const reader = past.reader(askerRecorded(page.recipient, NOBODY));
  const replayed: ReplayedRow[] = [];
  for (const { learner, part } of page.rows) {
    const standing = part && { ...(await past.learner(learner, part.learner)), reader };
    const row = standing && (decideRow(page, part, standing) ?? NOTHING_DECIDED);
    replayed.push(row && { permitted: groupPermitted(row.permitted), refused: groupRefused(row.refused) });
  }
  return replayed;
};
