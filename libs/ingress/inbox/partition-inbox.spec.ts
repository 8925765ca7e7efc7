import { setImmediate as turn } from 'node:timers/promises';
import { systemClock } from '#kernel';
import type { AttributionParts } from '../intake.ts';
import type { InboxBatch } from './message-source.ts';
import { Outbox, type OutboxParts } from './outbox.ts';
import { PartitionInbox } from './partition-inbox.ts';
import { MessageReader } from './read-message.ts';
import { type Chunk, takenInAfter } from './record-chunk.ts';

const OF = { topic: 'in.college', partition: 0, agency: 'college' };
const unread = {} as AttributionParts & OutboxParts;

/** One record without a value: it is no message, and set apart. */
const recordAt = (offset: number): InboxBatch => ({
  ...OF,
  messages: [{ offset, key: null, value: null }],
  first: offset,
  last: offset,
  end: offset + 1,
});

/** Recorded offsets, where the second record comes so many steps after the first was recorded. */
const recordedWhen = async (steps: number): Promise<readonly number[]> => {
  const { signal } = new AbortController();
  const recorded: number[] = [];
  const second = async (): Promise<void> => {
    for (let step = 0; step < steps; step++) await Promise.resolve();
    inbox.accept(recordAt(1));
  };
  const record = async (chunk: Chunk): Promise<string> => {
    recorded.push(...chunk.messages.map(({ offset }) => offset));
    if (recorded.length === 1) void second();
    return takenInAfter(chunk);
  };
  const reader = new MessageReader({ ...unread, clock: systemClock, channel: 'kafka' });
  const parts = { reader, outbox: new Outbox(unread, signal), record, stalled: () => undefined };
  const inbox = new PartitionInbox(parts, OF, { takenIn: null, signal });
  inbox.accept(recordAt(0));
  for (let turns = 0; turns < 5; turns++) await turn();
  return recorded;
};

it('what comes at any moment while the work of a partition ends is taken in, and waits for nothing else to come', async () => {
  const moments = Array.from({ length: 30 }, (_, steps) => steps);
  expect(await Promise.all(moments.map(recordedWhen))).toEqual(moments.map(() => [0, 1]));
});
