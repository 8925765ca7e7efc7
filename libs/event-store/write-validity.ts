// What every adapter refuses as a mistake of the caller, whatever the log holds: such an append rejects with `TypeError`.
import type { Bookmark, NewEvent, StreamWrite } from './event-store.ts';
import { HIGHEST_SCHEMA, lettersIn, LONGEST_NAME } from './record-form.ts';

const isSchema = (schema: number): boolean => Number.isInteger(schema) && schema >= 0 && schema <= HIGHEST_SCHEMA;

const eventFault = (event: NewEvent): string | undefined => {
  const { meta, payload } = event;
  if (!(payload instanceof Uint8Array)) return 'a payload that is not bytes';
  if (!isSchema(meta.schema)) return 'a schema version that is no number of 16 bits';
  if ((meta.category === undefined) !== (meta.owner === undefined)) return 'a category without an owner, or the reverse';
  return lettersIn(event) > LONGEST_NAME ? 'a type or metadata too long to store' : undefined;
};

const isStreamName = (name: string): boolean => name.length > 0 && name.length <= LONGEST_NAME && name.isWellFormed();
const isExpected = (expected: StreamWrite['expected']): boolean =>
  expected === 'any' || expected === 'no-stream' || (Number.isInteger(expected) && expected >= 0);

const writeFault = ({ stream, expected, events }: StreamWrite): string | undefined => {
  if (!isStreamName(stream)) return 'a stream whose name cannot be stored';
  if (!isExpected(expected)) return 'an expected revision that is none';
  for (const event of events) {
    const fault = eventFault(event);
    if (fault !== undefined) return fault;
  }
  return undefined;
};

/** What makes these bookmarks impossible for any store; undefined where nothing does. */
export const bookmarkFaultOf = (bookmarks: readonly Bookmark[]): TypeError | undefined => {
  if (new Set(bookmarks.map(({ name }) => name)).size < bookmarks.length) return new TypeError('An append names a bookmark twice.');
  return bookmarks.every(({ name }) => isStreamName(name))
    ? undefined
    : new TypeError('An append has a bookmark whose name cannot be stored.');
};

/** What makes these writes impossible for any log, beside their ids; undefined where nothing does. */
export const faultOf = (writes: readonly StreamWrite[]): TypeError | undefined => {
  const repeated = writes.length > 1 && new Set(writes.map(({ stream }) => stream)).size < writes.length;
  if (repeated) return new TypeError('An append writes to a stream once; these writes name one twice.');
  for (const write of writes) {
    const fault = writeFault(write);
    if (fault !== undefined) return new TypeError(`An append has ${fault}.`);
  }
  return undefined;
};
