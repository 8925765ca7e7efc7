// What stands in the log of a learner's file, by its places in the file: a file may be made of several streams (ADR 45).
import type { EventStore, RecordedEvent } from '#event-store';
import type { Revision } from '#kernel';
import type { LearnerFile } from './learner-file.ts';
import { placeIn } from './merges.ts';
import { learnerOfStream, learnerStream } from './stored-events.ts';
import { membersOf } from './united-streams.ts';

export interface EventOfFile {
  readonly place: Revision;
  readonly stored: RecordedEvent;
}

/**
 * In the order of the file, of the places from one to another. What was recorded since the file was made is left out of the streams of
 * others.
 */
export const eventsOfFile = async (
  store: Pick<EventStore, 'readStream'>,
  file: LearnerFile,
  { from = 0, to = Infinity }: { readonly from?: Revision; readonly to?: Revision } = {},
): Promise<readonly EventOfFile[]> => {
  const { id, united } = file;
  const first = Math.floor(from);
  const own = await store.readStream(learnerStream(id), { from: first, ...(to === Infinity ? {} : { limit: Math.floor(to) - first + 1 }) });
  const beside = await Promise.all(membersOf(file).map((one) => store.readStream(learnerStream(one))));
  return [...own, ...beside.flat()]
    .flatMap((stored) => {
      const place = placeIn(id, united, { learner: learnerOfStream(stored.stream) ?? '', revision: stored.revision });
      return place === undefined || place < from || place > to ? [] : [{ place, stored }];
    })
    .sort((one, other) => one.place - other.place);
};
