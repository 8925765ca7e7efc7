// Whether an append may go ahead, as the log stands: its ids first (invariant 3: once), then what it expects of the streams.
import type { Position } from '#kernel';
import { type Appended, EventStoreError, type ExpectedRevision, type NewEvent, type StreamWrite } from '../event-store.ts';
import { writeUuid } from '../record-form.ts';
import { faultOf } from '../write-validity.ts';
import { type EventId, ID_WORDS, type LogIndex } from './log-index.ts';

// The ids of one append as the index compares them: parsed once, in memory that every append uses again.

const ID_BYTES = 4 * ID_WORDS;

const wordsOf = ({ buffer, byteOffset, byteLength }: Buffer): Uint32Array => new Uint32Array(buffer, byteOffset, byteLength / 4);

export class AppendIds {
  #bytes = Buffer.alloc(1024 * ID_BYTES);
  #words = wordsOf(this.#bytes);
  #texts: string[] = [];
  count = 0;

  /** False where one of the ids is no UUID. */
  load(writes: readonly StreamWrite[]): boolean {
    this.count = 0;
    this.#texts = [];
    for (const { events } of writes) for (const { id } of events) if (!this.#add(id)) return false;
    return true;
  }

  /** Where the event stands whose id was loaded so manieth; 0: it is not stored. */
  find(index: LogIndex, event: number): Position {
    return index.find(this.#idOf(event));
  }

  /** Enters all of them for the events to come; or none, where one of them is stored or named twice. */
  claim(index: LogIndex): boolean {
    for (let event = 0; event < this.count; event++) {
      if (index.claim(this.#idOf(event))) continue;
      index.release();
      return false;
    }
    return true;
  }

  /** Writes the bytes of one at `at`. */
  write(event: number, into: Buffer, at: number): void {
    for (let byte = 0; byte < ID_BYTES; byte++) into[at + byte] = this.#bytes[event * ID_BYTES + byte] as number;
  }

  #idOf(event: number): EventId {
    return { text: this.#texts[event] as string, words: this.#words, at: event * ID_WORDS };
  }

  #add(id: NewEvent['id']): boolean {
    const at = this.count * ID_BYTES;
    if (at === this.#bytes.byteLength) this.#grow();
    this.count += 1;
    this.#texts.push(id);
    return writeUuid(id, this.#bytes, at);
  }

  #grow(): void {
    const larger = Buffer.alloc(2 * this.#bytes.byteLength);
    this.#bytes.copy(larger);
    this.#bytes = larger;
    this.#words = wordsOf(larger);
  }
}

/** The append's answer where its events are stored already, its refusal, or undefined: it may be stored. */
export type Verdict = Appended | Error | undefined;

/** Where it may be stored, its ids are claimed in the index; `ids` are those of the writes afterwards. */
export const judge = (index: LogIndex, writes: readonly StreamWrite[], ids: AppendIds): Verdict => {
  if (!ids.load(writes)) return new TypeError('An append has an event whose id is no UUID in lower case.');
  const fault = faultOf(writes);
  if (fault) return fault;
  const unmet = judgeExpectations(index, writes);
  if (unmet === undefined && ids.claim(index)) return undefined;
  return judgeIds(index, writes, ids) ?? unmet;
};

const reused = (says: string): EventStoreError => new EventStoreError('event-id-reused', says);

const judgeIds = (index: LogIndex, writes: readonly StreamWrite[], ids: AppendIds): Verdict => {
  const { count } = ids;
  const named = new Set(writes.flatMap(({ events }) => events.map(({ id }) => id)));
  if (named.size < count) return reused('One append names an event twice.');
  let stored = 0;
  for (let event = 0; event < count; event++) if (ids.find(index, event) > 0) stored += 1;
  if (stored === 0) return undefined;
  if (stored < count) return reused(`${stored} of ${count} events are stored already, the others are not.`);
  return judgeRepetition(index, writes, ids);
};

/** All of its events are stored. */
const judgeRepetition = (index: LogIndex, writes: readonly StreamWrite[], ids: AppendIds): Verdict => {
  const positions: Position[] = [];
  for (const { stream, events } of writes) {
    const itsOwn = new Set(index.positions(stream, 0, index.revisionOf(stream)));
    for (const _ of events) {
      const position = ids.find(index, positions.length);
      if (!itsOwn.has(position)) return reused('The events are stored already, in another stream.');
      positions.push(position);
    }
  }
  return { positions, repeated: true };
};

const isMet = (expected: ExpectedRevision, revision: number): boolean =>
  expected === 'any' || (expected === 'no-stream' ? -1 : expected) === revision;

const said = (revision: number): string => (revision < 0 ? 'has no event' : `is at revision ${revision}`);

const judgeExpectations = (index: LogIndex, writes: readonly StreamWrite[]): EventStoreError | undefined => {
  for (let number = 0; number < writes.length; number++) {
    const { stream, expected } = writes[number] as StreamWrite;
    const revision = index.revisionOf(stream);
    if (isMet(expected, revision)) continue;
    const says = `The stream of write ${number + 1} of ${writes.length} ${said(revision)}; expected was ${expected}.`;
    return new EventStoreError('wrong-expected-revision', says);
  }
  return undefined;
};
