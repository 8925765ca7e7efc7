// The directory's spans: written as the log grows, read when it is opened. They repeat what the log says, in a fiftieth of its size.
import { createHash } from 'node:crypto';
import type { Position } from '#kernel';
import { ID_WORDS } from './id-table.ts';
import type { LogIndex } from './log-index.ts';

/** What the index needs of a span of events. */
export interface Span {
  /** Position of the last event it covers; it begins where the span before ended. */
  readonly last: Position;
  /** Names of the streams that begin in it, as JSON. */
  readonly names: string;
  /** For each event, its id; then, for each, the number of its stream (u32, little-endian). */
  readonly entries: Uint8Array;
  /** SHA-256 over all of the above. */
  readonly digest: Uint8Array;
}

/** A span is written when so many events have none: what opening reads of the log itself stays below that and one commit. */
export const SPAN_EVENTS = 8192;

const ENTRY_WORDS = ID_WORDS + 1;
const WORD_BYTES = 4;

const digestOf = ({ last, names, entries }: Omit<Span, 'digest'>): Buffer =>
  createHash('sha256').update(`${last}\n${names}\n`).update(entries).digest();

/** The span from after `previous` to the index's end. */
export const spanAfter = (previous: Position, index: LogIndex): Span => {
  const last = index.position;
  const { ids, streams, names } = index.span(previous + 1, last);
  const entries = Buffer.concat([new Uint8Array(ids.buffer), new Uint8Array(streams.buffer)]);
  const span = { last, names: JSON.stringify(names), entries };
  return { ...span, digest: digestOf(span) };
};

/** Adds a span's events to an index that ends where it begins. Throws `RangeError` where the span is not what was written. */
export const addSpan = (index: LogIndex, span: Span): void => {
  const { last, names, entries, digest } = span;
  const events = entries.byteLength / (ENTRY_WORDS * WORD_BYTES);
  if (Buffer.compare(digestOf(span), digest) !== 0) throw new RangeError('The directory of the log is not what was written.');
  if (index.position + events !== last) throw new RangeError('The directory of the log has a gap.');
  for (const name of JSON.parse(names) as string[]) index.enter(name);
  const words = new Uint32Array(new Uint8Array(entries).buffer);
  const streamsAt = events * ID_WORDS;
  for (let event = 0; event < events; event++) {
    if (!index.claim(words, event * ID_WORDS)) throw new RangeError('The directory of the log names an event twice.');
    index.add(words[streamsAt + event] as number);
  }
};
