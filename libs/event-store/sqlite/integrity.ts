// A full check of a log: what its records say of themselves against where they stand, and the index against both.
import { setImmediate as turn } from 'node:timers/promises';
import type { Position, Revision } from '#kernel';
import { CompactTree } from '#transparency';
import type { Integrity, RecordedEvent } from '../event-store.ts';
import { leafOf } from '../record-form.ts';
import type { ReadAfter } from './log-reader.ts';

const BATCH = 1000;

/** Where the events stand that have these ids, in the order given. */
type FindIds = (ids: readonly string[]) => Promise<readonly Position[]>;

/**
 * Reads every event, its leaf hash compared with its record: positions and revisions must be dense, times must not go back, and every
 * id must lead to its event alone. Throws `RangeError` at the first fault. In batches, so that the process stays responsive.
 */
export const checkIntegrity = async (read: ReadAfter, find: FindIds): Promise<Integrity> => {
  const tree = new CompactTree();
  const revisions = new Map<string, Revision>();
  let recordedAt = 0;
  for (let events = await read(0, BATCH); events.length > 0; events = await read(tree.size, BATCH)) {
    const found = await find(events.map(({ id }) => id));
    for (const [place, event] of events.entries()) {
      checkEvent(event, found[place], revisions);
      if (event.recordedAt < recordedAt) throw new RangeError(`The event at position ${event.position} is older than the one before it.`);
      recordedAt = event.recordedAt;
      tree.append(leafOf(event));
    }
    await turn();
  }
  return { size: tree.size, root: tree.root() };
};

const checkEvent = ({ stream, revision, position }: RecordedEvent, found: Position | undefined, revisions: Map<string, Revision>): void => {
  if (revision !== (revisions.get(stream) ?? -1) + 1)
    throw new RangeError(`The event at position ${position} is not the next of its stream.`);
  revisions.set(stream, revision);
  if (found !== position) throw new RangeError(`The id of the event at position ${position} leads elsewhere.`);
};
