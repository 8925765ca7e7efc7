// Records a chunk of one partition: its events, how far the partition is taken in, and what is owed for it, in one append.
import type { Admission, OutboxContent, VerifiedMessage } from '#admission';
import type { Bookmark } from '#event-store';
import type { IntakeObserver } from '../intake.ts';
import type { OpenPartition } from './message-source.ts';
import type { Outbox } from './outbox.ts';
import type { OutboxEntry } from './outbox-entry.ts';
import type { ReadMessage } from './read-message.ts';
import { takenInName, takenInText } from './taken-in.ts';

export interface RecordParts {
  readonly admission: Pick<Admission, 'admitTogether'>;
  readonly outbox: Outbox;
  readonly observer?: IntakeObserver;
  readonly channel: string;
}

/** A part of a partition, and what its bookmark was when this began; null: there was none. */
export interface Chunk {
  readonly of: OpenPartition;
  readonly messages: readonly ReadMessage[];
  readonly expected: string | null;
}

/** Gives the bookmark's new value. Rejects with `wrong-bookmark` where another process took these messages in. */
export const recordChunk = async (parts: RecordParts, chunk: Chunk): Promise<string> => {
  const verified = chunk.messages.filter((message): message is Attributed => message.verified !== undefined);
  const value = takenInText({ next: (chunk.messages.at(-1)?.offset ?? -1) + 1, topicId: chunk.of.topicId });
  const taken: Bookmark = { name: takenInName(chunk.of), value, expected: chunk.expected };
  const { outbox, bookmarks, positions } = await parts.admission.admitTogether(
    verified.map((message) => message.verified),
    (owed) => [taken, ...parts.outbox.bookmarks(entryOf(chunk, verified, owed))],
  );
  parts.outbox.stored(entryOf(chunk, verified, outbox), bookmarks, positions);
  for (const { poison } of chunk.messages) if (poison) parts.observer?.refused(poison.code, parts.channel);
  return value;
};

type Attributed = ReadMessage & { readonly verified: VerifiedMessage };

const entryOf = (
  { of, messages }: Chunk,
  verified: readonly Attributed[],
  { receipts, refused, conflicts, narrowed }: OutboxContent,
): OutboxEntry => ({
  ...of,
  first: messages[0]?.offset ?? 0,
  next: (messages.at(-1)?.offset ?? -1) + 1,
  owed: verified.map(({ offset, key }, index) => ({
    offset,
    key: key === null ? null : key.toString('base64'),
    receipts: receipts[index] ?? [],
  })),
  refused: [...messages.flatMap(({ poison }) => (poison ? [poison] : [])), ...refused],
  conflicts,
  narrowed,
});
