// What of the data manager's queue may be shown: the view proposes findings, the gate decides of each learner in them, and records the
// look.
import type { Gate } from '#disclosure';
import type { LearnerId } from '#kernel';
import type { DataQualityEntry } from '#read-models';
import { Complaint } from './complaint.ts';
import { DATA_MANAGER } from './looking.ts';

const PURPOSES = ['assure-data-quality'];
/** Learners that are decided on together. */
const PAGE = 200;
const ITEMS = { anchor: ['learner.registered'], beside: [] };

/** Throws a `Complaint` where no protocol in force shows the data manager anything. */
export const findingsShown = async (
  gate: Pick<Gate, 'list'>,
  findings: readonly DataQualityEntry[],
): Promise<readonly DataQualityEntry[]> => {
  const learners = [...new Set(findings.flatMap((finding) => finding.learners))];
  const shown = new Set<LearnerId>();
  for (let from = 0; from < learners.length; from += PAGE) {
    const candidates = learners.slice(from, from + PAGE).map((learner) => ({ learner }));
    const asked = { asker: DATA_MANAGER, purposes: PURPOSES, list: 'data-quality', items: ITEMS, parameters: {}, limit: PAGE };
    const answer = await gate.list({ ...asked, candidates });
    if (answer.outcome === 'not-permitted')
      throw new Complaint('No protocol in force shows the queue to the data manager: bring `data-quality` in force.');
    for (const { learner } of answer.rows) shown.add(learner);
  }
  return findings.filter((finding) => finding.learners.every((learner) => shown.has(learner)));
};
