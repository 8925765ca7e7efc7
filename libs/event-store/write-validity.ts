// What every adapter refuses as a mistake of the caller, whatever the log holds: such an append rejects with `TypeError`.
import type { EventMetadata, NewEvent, StreamWrite } from './event-store.ts';
import { HIGHEST_SCHEMA, LONGEST_NAME } from './record-form.ts';

/** UTF-16 units in an event's names together; each takes three bytes of UTF-8 at most. */
const LONGEST_TEXT = Math.floor(LONGEST_NAME / 3);

const lettersOf = ({ actor, correlation, causation, category, owner }: EventMetadata): number =>
  actor.length + correlation.length + (causation?.length ?? 0) + (category?.length ?? 0) + (owner?.length ?? 0);

const isSchema = (schema: number): boolean => Number.isInteger(schema) && schema >= 0 && schema <= HIGHEST_SCHEMA;

const eventFault = ({ type, meta, payload }: NewEvent): string | undefined => {
  if (!(payload instanceof Uint8Array)) return 'a payload that is not bytes';
  if (!isSchema(meta.schema)) return 'a schema version that is no number of 16 bits';
  if ((meta.category === undefined) !== (meta.owner === undefined)) return 'a category without an owner, or the reverse';
  return type.length + lettersOf(meta) > LONGEST_TEXT ? 'a type or metadata too long to store' : undefined;
};

const isStreamName = (name: string): boolean => name.length > 0 && name.length <= LONGEST_TEXT && name.isWellFormed();
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
