// A recorded page of a list, decided again: each of its rows on its learner's file as it stood, and whether there was a page for the asker
// at all. Candidates that made no row are not named, so nobody can look at them again.
import { askerRecorded } from '#access';
import type { LearnerId } from '#kernel';
import { disclosureStream } from '#learner-file';
import { keysOf } from '#privacy';
import { clausesThatWouldHave } from '#sharing-protocols';
import { openDecision } from '../disclosure-log.ts';
import { type Past, type PastParts, pastOf } from '../past.ts';
import { recipientIn } from '../in-force.ts';
import { type Replayed, replayDecision } from '../replay-decision.ts';
import { TIES } from './ask-for-ties.ts';
import type { ListDecided } from './list-record.ts';
import { mayVouch } from './waiting-parties.ts';

const NOBODY: LearnerId = '';

type Row = ListDecided['rows'][number];

/** Rows of whoever was erased since are left as they were. Throws where a row's decision is not where the page says. */
export const replayPage = async (parts: PastParts, page: ListDecided): Promise<Pick<ListDecided, 'outcome' | 'rows'>> => {
  const rows: Row[] = [];
  const { weighed = [] } = page;
  for (const row of page.rows) if (await isRowAgain(parts, page, row)) rows.push(row);
  const isServed = rows.length > 0 || weighed.length > 0 || couldBeServed(await pastOf(parts, page), page);
  return { outcome: isServed ? 'answered' : 'not-permitted', rows };
};

const isRowAgain = async (parts: PastParts, { list, recipient }: ListDecided, { learner, decision }: Row): Promise<boolean> => {
  const [event] = await parts.store.readStream(disclosureStream(learner), { from: decision, limit: 1 });
  const decided = event && openDecision(event, await keysOf(parts.vault, [event]));
  if (event && decided === undefined) return true;
  if (decided?.asked !== list || decided.recipient !== recipient) throw new Error('A page names a row that the log does not have.');
  const again = await replayDecision(parts, learner, decided);
  return again.outcome === 'answered' && showsAnything(again);
};

const showsAnything = ({ permitted, waiting = [] }: Replayed): boolean => permitted.length + waiting.length > 0;

const couldBeServed = (past: Past, { recipient, list, purposes }: ListDecided): boolean => {
  const reader = past.taking(askerRecorded(recipient, NOBODY));
  if (reader === undefined) return false;
  return list === TIES ? mayVouch(reader) : clausesThatWouldHave(past.decisions, recipientIn(reader), purposes, 'list').length > 0;
};
