// Notices as the log holds them, for journeys.
import { NOTICE_ISSUED, type NoticeIssued } from '#consent';
import type { RecordedEvent } from '#event-store';
import type { LearnerId } from '#kernel';
import { learnerStream, openNotice } from '#learner-file';
import { keysOf } from '#privacy';
import type { Town } from './town.ts';

export interface Told {
  readonly stored: RecordedEvent;
  readonly notice: NoticeIssued;
}

/** Without asking the gate, which would be a decision more. */
export const learnerOf = async ({ node: { streams } }: Pick<Town, 'node'>, uln: string): Promise<LearnerId> =>
  (await streams.identifiers.load(streams.streamOf({ uln }))).state[0]?.learner ?? '';

/** Waits for so many notices about the learner. */
export const noticesAbout = async (
  { node: { store, vault } }: Pick<Town, 'node'>,
  learner: LearnerId,
  count: number,
): Promise<readonly Told[]> => {
  const found: Told[] = [];
  const enough = new AbortController();
  for await (const events of store.subscribe({ after: 0, signal: enough.signal })) {
    const issued = events.filter(({ type, stream }) => type === NOTICE_ISSUED && stream === learnerStream(learner));
    const keys = await keysOf(vault, issued);
    found.push(...issued.map((stored) => ({ stored, notice: openNotice(stored, keys) as NoticeIssued })));
    if (found.length >= count) break;
  }
  enough.abort();
  return found;
};
