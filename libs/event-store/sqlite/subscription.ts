// A subscription reads when it is asked for more and never ahead; at the end of the log it waits to be woken.
import { setImmediate as turn } from 'node:timers/promises';
import type { Position } from '#kernel';
import type { RecordedEvent, SubscribeOptions } from '../event-store.ts';
import type { Wakeups } from './wakeups.ts';

const BATCH = 256;

/** Events with greater positions than `after`, in their order; it looks at the log at the moment it is called. */
export type ReadAfter = (after: Position, limit: number) => Promise<readonly RecordedEvent[]>;

export const follow = async function* (
  read: ReadAfter,
  wakeups: Wakeups,
  options: SubscribeOptions,
): AsyncGenerator<readonly RecordedEvent[], void> {
  const { signal, batchSize = BATCH } = options;
  let { after } = options;
  while (!signal.aborted) {
    const events = await read(after, batchSize);
    if (events.length === 0) {
      // What comes between reading and waiting the next look at the file finds.
      await wakeups.wait(signal);
      continue;
    }
    after += events.length;
    yield events;
    // One that is far behind reads on and on; others get their turn between batches.
    await turn();
  }
};
