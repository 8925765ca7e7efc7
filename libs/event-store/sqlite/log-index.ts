// What the log holds, in memory: which ids, which streams, and where each stream's events stand. All of it derives from the log.
import type { Position, Revision } from '#kernel';
import { writeUuid } from '../record-form.ts';
import { ID_WORDS, IdTable, WordList } from './id-table.ts';

/** Streams are numbered in the order in which the log first names them, so every process gives them the same numbers. */
export type StreamNumber = number;

/** No stream has it: of one without events. */
export const UNKNOWN_STREAM: StreamNumber = -1;

export class LogIndex {
  readonly #ids = new IdTable();
  readonly #numbers = new Map<string, StreamNumber>();
  readonly #names: string[] = [];
  /** By position: its stream, and the position of the event before it in that stream (0: none). */
  readonly #streamOf = new WordList();
  readonly #previous = new WordList();
  /** By stream: the position of its last event, and how many it has. */
  readonly #last = new WordList();
  readonly #count = new WordList();
  #position: Position = 0;
  /** The last position that an id was entered for. */
  #claimed: Position = 0;

  /** Of the last event. */
  get position(): Position {
    return this.#position;
  }

  /** Where the event stands whose id is at an offset of these words; 0: it is not stored. */
  find(id: Uint32Array, at = 0): Position {
    return this.#ids.find(id, at);
  }

  /** `UNKNOWN_STREAM` where the stream has no event. */
  numberOf(stream: string): StreamNumber {
    return this.#numbers.get(stream) ?? UNKNOWN_STREAM;
  }

  /** Of the stream's last event; -1 where it has none. */
  revisionOf(stream: StreamNumber): Revision {
    return stream === UNKNOWN_STREAM ? -1 : this.#count.get(stream) - 1;
  }

  streamAt(position: Position): StreamNumber {
    return this.#streamOf.get(position);
  }

  /** Numbers a stream that had no event; one for it must follow. */
  enter(stream: string): StreamNumber {
    const number = this.#names.push(stream) - 1;
    this.#numbers.set(stream, number);
    return number;
  }

  /** Enters the id at an offset of these words for the next event to come. False where it is stored, or entered already. */
  claim(id: Uint32Array, at = 0): boolean {
    if (this.#ids.claim(id, at, this.#claimed + 1) > 0) return false;
    this.#claimed += 1;
    return true;
  }

  /** The next event of the log, whose id has been claimed. */
  add(stream: StreamNumber): Position {
    const position = ++this.#position;
    this.#streamOf.set(position, stream);
    this.#previous.set(position, this.#last.get(stream));
    this.#last.set(stream, position);
    this.#count.set(stream, this.#count.get(stream) + 1);
    return position;
  }

  /** Gives up the ids that were claimed for events which do not come. */
  release(): void {
    for (; this.#claimed > this.#position; this.#claimed--) this.#ids.remove(this.#claimed);
  }

  /** Forgets every event after a position: they could not be committed. */
  truncate(position: Position): void {
    for (; this.#position > position; this.#position--) {
      const stream = this.streamAt(this.#position);
      const count = this.#count.get(stream) - 1;
      this.#last.set(stream, this.#previous.get(this.#position));
      this.#count.set(stream, count);
      if (count === 0) this.#numbers.delete(this.#names.pop() ?? '');
    }
    this.release();
  }

  /** Positions of a stream's events with revisions from `from` to `to`, inclusive, in their order. */
  positions(stream: StreamNumber, from: Revision, to: Revision): Position[] {
    if (stream === UNKNOWN_STREAM) return [];
    const found: Position[] = [];
    let position = this.#last.get(stream);
    for (let revision = this.revisionOf(stream); revision >= Math.max(from, 0); revision--) {
      if (revision <= to) found.push(position);
      position = this.#previous.get(position);
    }
    return found.reverse();
  }

  /** From one position to another, the latter included: the ids, the streams' numbers, and the names of streams that begin there. */
  span(from: Position, to: Position): { ids: Uint32Array<ArrayBuffer>; streams: Uint32Array<ArrayBuffer>; names: string[] } {
    let begun = 0;
    for (let position = from; position <= this.#position; position++) if (this.#previous.get(position) === 0) begun += 1;
    return {
      ids: this.#ids.slice(from, to),
      streams: this.#streamOf.slice(from, to),
      names: this.#names.slice(this.#names.length - begun),
    };
  }
}

// Finds an event by the text of its id.

const words = new Uint32Array(ID_WORDS);
const bytes = new Uint8Array(words.buffer);

/** Where the event stands; 0: it is not stored. Throws `TypeError` where the id is no UUID. */
export const positionOf = (index: LogIndex, id: string): Position => {
  if (!writeUuid(id, bytes, 0)) throw new TypeError('An event id that is no UUID in lower case.');
  return index.find(words);
};
