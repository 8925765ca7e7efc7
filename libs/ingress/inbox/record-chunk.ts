// Records a chunk of one partition: its events, how far the partition is taken in, and what is owed for it, in one append.
import type { Admission, OutboxContent, VerifiedMessage } from '#admission';
import { type Bookmark, EventStoreError } from '#event-store';
import { Command } from '#bus';
import { handling } from '#bus/nest';
import type { IntakeObserver } from '../intake.ts';
import { type InboxMessage, type OpenPartition, takenInName, takenInText } from './message-source.ts';
import type { ReadMessage } from './read-message.ts';
import type { Outbox } from './outbox.ts';
import type { OutboxEntry } from './outbox-entry.ts';

// How many messages are judged and recorded together.

/** Messages whose signatures are checked side by side while those before them are recorded. */
const MOST_MESSAGES = 100;
const MOST_BYTES = 4 * 1024 * 1024;
/** Events that are recorded in one go, and for which it is asked once whether there is room. */
export const MOST_EVENTS = 500;

/** How many of these messages, from the first on, are read next. */
export const readAhead = (messages: readonly InboxMessage[]): number => {
  let bytes = 0;
  let count = 0;
  while (count < messages.length && count < MOST_MESSAGES && (count === 0 || bytes < MOST_BYTES))
    bytes += messages[count++]?.value?.byteLength ?? 0;
  return count;
};

/** The same messages, cut so that no part holds too many events; a message is never cut. */
export const chunksOf = (messages: readonly ReadMessage[], most = MOST_EVENTS): readonly (readonly ReadMessage[])[] => {
  const chunks: ReadMessage[][] = [];
  let events = 0;
  for (const message of messages) {
    const more = eventsIn(message);
    if (events + more > most || chunks.length === 0) {
      chunks.push([]);
      events = 0;
    }
    chunks.at(-1)?.push(message);
    events += more;
  }
  return chunks;
};

export const eventsIn = ({ verified }: ReadMessage): number => verified?.events.length ?? 0;

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
  /**
   * Told in the turn in which it was judged: what comes next may be judged on it, before it is on disk. It is then judged once: where
   * another writer was first, it rejects (`wrong-expected-revision`), since what was judged after it must not be recorded before it.
   */
  readonly judged?: () => void;
}

/** The bookmark of a partition once these messages are taken in. */
export const takenInAfter = ({ of, messages }: Pick<Chunk, 'of' | 'messages'>): string =>
  takenInText({ next: (messages.at(-1)?.offset ?? -1) + 1, topicId: of.topicId });

/** Tells that a chunk was judged, at the end of its judging: the first time, and no other. */
const toldOnce = ({ judged }: Chunk): (() => void) => {
  let isTold = false;
  return () => {
    if (isTold && judged) throw new EventStoreError('wrong-expected-revision', 'Another writer was first.');
    isTold = true;
    judged?.();
  };
};

/** Gives the bookmark's new value. Rejects with `wrong-bookmark` where another process took these messages in. */
export const recordChunk = async (parts: RecordParts, chunk: Chunk): Promise<string> => {
  const verified = chunk.messages.filter((message): message is Attributed => message.verified !== undefined);
  const value = takenInAfter(chunk);
  const tell = toldOnce(chunk);
  const taken: Bookmark = { name: takenInName(chunk.of), value, expected: chunk.expected };
  const { outbox, bookmarks, positions } = await parts.admission.admitTogether(
    verified.map((message) => message.verified),
    (owed) => {
      tell();
      return [taken, ...parts.outbox.bookmarks(entryOf(chunk, verified, owed))];
    },
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

/** Consecutive messages of one partition: their events, how far it is taken in, and what is owed for it. Gives the partition's bookmark. */
export class TakeInChunk extends Command<Chunk, string> {}

export const RECORDING_CHUNKS = Symbol('RecordingChunks');

export const inboxHandlers = [handling(TakeInChunk, RECORDING_CHUNKS, (parts: RecordParts, chunk) => recordChunk(parts, chunk))];
