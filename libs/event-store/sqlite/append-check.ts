// Whether an append may go ahead, as the log stands: its ids first (invariant 3: once), then what it expects of the streams.
import type { Position } from '#kernel';
import { type Appended, EventStoreError, type ExpectedRevision, type StreamWrite } from '../event-store.ts';
import { UUID_BYTES, writeUuid } from '../uuid-bytes.ts';
import { faultOf } from '../write-validity.ts';
import { ID_WORDS } from './id-table.ts';
import type { LogIndex } from './log-index.ts';

/** The append's answer where its events are stored already, its refusal, or undefined: it may be stored. */
export type Verdict = Appended | Error | undefined;

const idWords = new Uint32Array(ID_WORDS);
const idBytes = new Uint8Array(idWords.buffer, 0, UUID_BYTES);

/** Where the event of an id stands; 0: it is not stored. Throws `TypeError` where the id is no UUID. */
export const positionOf = (index: LogIndex, id: string): Position => {
  if (!writeUuid(id, idBytes, 0)) throw new TypeError('An event id that is no UUID in lower case.');
  return index.find(idWords);
};

const reused = (says: string): EventStoreError => new EventStoreError('event-id-reused', says);

const namesOneTwice = (writes: readonly StreamWrite[], count: number): boolean =>
  count > 1 && new Set(writes.flatMap(({ events }) => events.map(({ id }) => id))).size < count;

/** How many events of an append are stored already, and where. */
interface Found {
  readonly positions: readonly Position[];
  readonly stored: number;
  /** Of those stored, how many in another stream than the append names. */
  readonly elsewhere: number;
}

const lookUp = (index: LogIndex, writes: readonly StreamWrite[]): Found => {
  const positions: Position[] = [];
  let [stored, elsewhere] = [0, 0];
  for (const { stream, events } of writes) {
    for (const { id } of events) {
      const position = positionOf(index, id);
      positions.push(position);
      if (position === 0) continue;
      stored += 1;
      if (index.streamNameAt(position) !== stream) elsewhere += 1;
    }
  }
  return { positions, stored, elsewhere };
};

const judgeIds = (index: LogIndex, writes: readonly StreamWrite[]): Verdict => {
  const { positions, stored, elsewhere } = lookUp(index, writes);
  const count = positions.length;
  if (namesOneTwice(writes, count)) return reused('One append names an event twice.');
  if (stored === 0) return undefined;
  if (stored < count) return reused(`${stored} of ${count} events are stored already, the others are not.`);
  if (elsewhere > 0) return reused(`${elsewhere} of ${count} events are stored already, in another stream.`);
  return { positions, repeated: true };
};

const isMet = (expected: ExpectedRevision, revision: number): boolean =>
  expected === 'any' || (expected === 'no-stream' ? -1 : expected) === revision;

const said = (revision: number): string => (revision < 0 ? 'has no event' : `is at revision ${revision}`);
const judgeExpectations = (index: LogIndex, writes: readonly StreamWrite[]): EventStoreError | undefined => {
  for (const [number, { stream, expected }] of writes.entries()) {
    const revision = index.revisionOf(stream);
    if (isMet(expected, revision)) continue;
    const says = `The stream of write ${number + 1} of ${writes.length} ${said(revision)}; expected was ${expected}.`;
    return new EventStoreError('wrong-expected-revision', says);
  }
  return undefined;
};

export const judge = (index: LogIndex, writes: readonly StreamWrite[]): Verdict =>
  faultOf(writes) ?? judgeIds(index, writes) ?? judgeExpectations(index, writes);
