// A recorded page of things, decided again: the events never change, so only the registers are looked at as they stood.
import { askerRecorded } from '#access';
import { londonDate } from '#kernel';
import type { ListDecided, RecordedThings } from '../lists/index.ts';
import { type PastParts, pastOf } from '../past.ts';
import { decideRow, decideThings, recordedThings } from './decide-things.ts';
import { openCandidates } from './thing-reader.ts';

const NOTHING: RecordedThings = { rows: [], permitted: [], refused: [] };

/** Candidates that made no row are not named, so nobody can look at them again. */
export const replayThings = async (
  parts: PastParts,
  page: ListDecided,
  { rows }: RecordedThings,
): Promise<Pick<ListDecided, 'outcome' | 'rows' | 'things'>> => {
  const past = await pastOf(parts, page);
  const reader = past.taking(askerRecorded(page.recipient, ''));
  if (reader === undefined) return { outcome: 'not-permitted', rows: [], things: NOTHING };
  const context = { decisions: past.decisions, reader, today: londonDate(page.at) };
  const again = (await openCandidates(parts, rows)).flatMap((candidate) => decideRow(context, page, candidate) ?? []);
  const { refused } = decideThings(context, page, []);
  const isRefused = again.length === 0 && refused !== undefined;
  return { outcome: isRefused ? 'not-permitted' : 'answered', rows: [], things: recordedThings(again) };
};
