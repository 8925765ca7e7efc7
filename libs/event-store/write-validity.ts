// What every adapter refuses as a mistake of the caller, before it looks at the log: such an append throws `TypeError`.
import type { EventMetadata, NewEvent, StreamWrite } from './event-store.ts';
import { HIGHEST_SCHEMA, LONGEST_NAME } from './record-form.ts';
import { UUID_BYTES, writeUuid } from './uuid-bytes.ts';

/** UTF-16 units; each takes three bytes of UTF-8 at most. */
const LONGEST_TEXT = Math.floor(LONGEST_NAME / 3);
const idBytes = new Uint8Array(UUID_BYTES);

const isName = (name: string): boolean => name.length > 0 && name.length <= LONGEST_TEXT && name.isWellFormed();
const isOptionalName = (name: string | undefined): boolean => name === undefined || isName(name);

const metadataFault = ({ actor, correlation, causation, schema, category, owner }: EventMetadata): string | undefined => {
  if (!isName(actor) || !isName(correlation) || ![causation, category, owner].every(isOptionalName)) return 'metadata that is no text of its length';
  if (!Number.isInteger(schema) || schema < 0 || schema > HIGHEST_SCHEMA) return 'a schema version that is no number of 16 bits';
  if ((category === undefined) !== (owner === undefined)) return 'a category without an owner, or the reverse';
  return undefined;
};

const eventFault = ({ id, type, meta, payload }: NewEvent): string | undefined => {
  if (!writeUuid(id, idBytes, 0)) return 'an id that is no UUID in lower case';
  if (!isName(type)) return 'a type that is no text of its length';
  if (!(payload instanceof Uint8Array)) return 'a payload that is not bytes';
  return metadataFault(meta);
};

const isExpected = (expected: StreamWrite['expected']): boolean =>
  expected === 'any' || expected === 'no-stream' || (Number.isInteger(expected) && expected >= 0);

const writeFault = ({ stream, expected, events }: StreamWrite): string | undefined => {
  if (!isName(stream)) return 'a stream whose name is no text of its length';
  if (!isExpected(expected)) return 'an expected revision that is none';
  for (const event of events) {
    const fault = eventFault(event);
    if (fault !== undefined) return fault;
  }
  return undefined;
};

/** What makes these writes impossible for any log, or undefined. */
export const faultOf = (writes: readonly StreamWrite[]): TypeError | undefined => {
  const repeated = writes.length > 1 && new Set(writes.map(({ stream }) => stream)).size < writes.length;
  if (repeated) return new TypeError('An append writes to a stream once; these writes name one twice.');
  for (const write of writes) {
    const fault = writeFault(write);
    if (fault !== undefined) return new TypeError(`An append has ${fault}.`);
  }
  return undefined;
};
