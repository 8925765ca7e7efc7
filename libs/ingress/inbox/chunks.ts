// How many messages are judged and recorded together.
import type { InboxMessage } from './message-source.ts';
import type { ReadMessage } from './read-message.ts';

/** Messages whose signatures are checked side by side while those before them are recorded. */
const MOST_MESSAGES = 100;
const MOST_BYTES = 4 * 1024 * 1024;
/** Events of one append: it keeps the main thread for some 20 ms. */
const MOST_EVENTS = 500;

/** How many of these messages, from the first on, are read next. */
export const readAhead = (messages: readonly InboxMessage[]): number => {
  let bytes = 0;
  let count = 0;
  while (count < messages.length && count < MOST_MESSAGES && (count === 0 || bytes < MOST_BYTES))
    bytes += messages[count++]?.value?.byteLength ?? 0;
  return count;
};

/** The same messages, cut so that no part holds too many events; a message is never cut. */
export const chunksOf = (messages: readonly ReadMessage[]): readonly (readonly ReadMessage[])[] => {
  const chunks: ReadMessage[][] = [];
  let events = MOST_EVENTS;
  for (const message of messages) {
    const more = message.verified?.events.length ?? 0;
    if (events + more > MOST_EVENTS || chunks.length === 0) {
      chunks.push([]);
      events = 0;
    }
    chunks.at(-1)?.push(message);
    events += more;
  }
  return chunks;
};
