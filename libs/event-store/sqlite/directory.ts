// The directory's spans: written as the log grows, read when it is opened. They repeat what the log says, in a fiftieth of its size.
import { createHash } from 'node:crypto';
import type { Position } from '#kernel';
import type { Span } from './log-file.ts';
import { ID_WORDS } from './id-table.ts';
import type { LogIndex } from './log-index.ts';

/** A span is written when so many events have none: what opening reads of the log itself stays below that and one commit. */
export const SPAN_EVENTS = 8192;

const ENTRY_WORDS = ID_WORDS + 1;
const WORD_BYTES = 4;

const digestOf = ({ last, streams, entries }: Omit<Span, 'digest'>): Buffer =>
  createHash('sha256').update(`${last}\n${streams}\n`).update(entries).digest();

/** The span from after `previous` to the index's end. */
export const spanAfter = (previous: Position, index: LogIndex): Span => {
  const words = new Uint32Array((index.position - previous) * ENTRY_WORDS);
  for (let position = previous + 1, at = 0; position <= index.position; position++, at += ENTRY_WORDS) {
    for (let word = 0; word < ID_WORDS; word++) words[at + word] = index.idWord(position, word);
    words[at + ID_WORDS] = index.streamAt(position);
  }
  const streams = JSON.stringify(index.streamsBegunAfter(previous));
  const span = { last: index.position, streams, entries: Buffer.from(words.buffer) };
  return { ...span, digest: digestOf(span) };
};

/** Adds a span's events to an index that ends where it begins. Throws `RangeError` where the span is not what was written. */
export const addSpan = (index: LogIndex, span: Span): void => {
  const { last, entries } = span;
  const events = entries.byteLength / (ENTRY_WORDS * WORD_BYTES);
  if (Buffer.compare(digestOf(span), span.digest) !== 0) throw new RangeError('The directory of the log is not what was written.');
  if (index.position + events !== last) throw new RangeError('The directory of the log has a gap.');
  for (const name of JSON.parse(span.streams) as string[]) index.enter(name);
  const words = new Uint32Array(new Uint8Array(entries).buffer);
  for (let at = 0; at < words.length; at += ENTRY_WORDS) index.add(words.subarray(at, at + ID_WORDS), words[at + ID_WORDS] ?? 0);
};
