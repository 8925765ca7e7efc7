// Whether an append may go ahead: its ids first (invariant 3: once), then what it expects of streams and bookmarks.
import { type Appended, type Bookmark, EventStoreError, type StreamWrite } from '../event-store.ts';
import { UUID_BYTES, writeUuid } from '../record-form.ts';
import { bookmarkFaultOf, faultOf } from '../write-validity.ts';
import type { MemoryLog } from './memory-log.ts';

/** The append's answer where its events are stored already, its refusal, or undefined: it may be stored. */
export type Verdict = Appended | Error | undefined;

export const judge = (log: MemoryLog, writes: readonly StreamWrite[], bookmarks: readonly Bookmark[]): Verdict =>
  faultIn(writes) ?? judgeIds(log, writes) ?? judgeExpectations(log, writes) ?? judgeBookmarks(log, bookmarks);

const bytes = new Uint8Array(UUID_BYTES);

const faultIn = (writes: readonly StreamWrite[]): TypeError | undefined => {
  const named = writes.every(({ events }) => events.every(({ id }) => writeUuid(id, bytes, 0)));
  return named ? faultOf(writes) : new TypeError('An append has an event whose id is no UUID in lower case.');
};

const reused = (says: string): EventStoreError => new EventStoreError('event-id-reused', says);

const judgeIds = (log: MemoryLog, writes: readonly StreamWrite[]): Verdict => {
  const ids = writes.flatMap(({ stream, events }) => events.map(({ id }) => ({ id, stream })));
  if (new Set(ids.map(({ id }) => id)).size < ids.length) return reused('One append names an event twice.');
  const stored = ids.flatMap(({ id }) => log.find(id) ?? []);
  if (stored.length === 0) return undefined;
  if (stored.length < ids.length) return reused(`${stored.length} of ${ids.length} events are stored already, the others are not.`);
  if (stored.some(({ stream }, n) => stream !== ids[n]?.stream)) return reused('The events are stored already, in another stream.');
  return { positions: stored.map(({ position }) => position), repeated: true };
};

const judgeExpectations = (log: MemoryLog, writes: readonly StreamWrite[]): Error | undefined => {
  const number = writes.findIndex(({ stream, expected }) => !isMet(expected, log.revisionOf(stream)));
  const unmet = writes[number];
  if (!unmet) return undefined;
  const revision = log.revisionOf(unmet.stream);
  const said = revision < 0 ? 'has no event' : `is at revision ${revision}`;
  const says = `The stream of write ${number + 1} of ${writes.length} ${said}; expected was ${unmet.expected}.`;
  return new EventStoreError('wrong-expected-revision', says);
};

const isMet = (expected: StreamWrite['expected'], revision: number): boolean =>
  expected === 'any' || (expected === 'no-stream' ? -1 : expected) === revision;

const judgeBookmarks = (log: MemoryLog, bookmarks: readonly Bookmark[]): Error | undefined => {
  const fault = bookmarkFaultOf(bookmarks);
  if (fault) return fault;
  const wrong = bookmarks.findIndex(({ name, expected }) => expected !== undefined && (log.bookmark(name) ?? null) !== expected);
  if (wrong < 0) return undefined;
  const says = `Bookmark ${wrong + 1} of ${bookmarks.length} is not what was expected: another writer was first.`;
  return new EventStoreError('wrong-bookmark', says);
};
