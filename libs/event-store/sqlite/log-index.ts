// What the log holds, in memory: which ids, which streams, and where each stream's events stand. All of it derives from the log.
import type { Position, Revision } from '#kernel';
import { IdTable, type IdWords } from './id-table.ts';
import { WordList } from './word-list.ts';

/** Streams are numbered in the order in which the log first names them, so every process gives them the same numbers. */
export type StreamNumber = number;

const STREAM = 0;
const PREVIOUS = 1;
const LAST = 0;
const COUNT = 1;

export class LogIndex {
  readonly #ids = new IdTable();
  readonly #numbers = new Map<string, StreamNumber>();
  readonly #names: string[] = [];
  /** By position: its stream, and the position of the event before it in that stream (0: none). */
  readonly #events = new WordList(2);
  /** By stream: the position of its last event, and how many it has. */
  readonly #streams = new WordList(2);
  #position: Position = 0;

  /** Of the last event. */
  get position(): Position {
    return this.#position;
  }

  /** Streams whose first event stands after a position, in their order. */
  streamsBegunAfter(position: Position): string[] {
    let begun = 0;
    for (let at = position + 1; at <= this.#position; at++) if (this.#events.get(at, PREVIOUS) === 0) begun += 1;
    return this.#names.slice(this.#names.length - begun);
  }

  /** 0 where the id is not stored. */
  find(id: IdWords): Position {
    return this.#ids.find(id);
  }

  idWord(position: Position, word: number): number {
    return this.#ids.wordAt(position, word);
  }

  streamAt(position: Position): StreamNumber {
    return this.#events.get(position, STREAM);
  }

  /** The name of the stream that the event at a position belongs to. */
  streamNameAt(position: Position): string {
    return this.#names[this.streamAt(position)] ?? '';
  }

  /** Of the stream's last event; -1 where it has none. */
  revisionOf(stream: string): Revision {
    const number = this.#numbers.get(stream);
    return number === undefined ? -1 : this.#streams.get(number, COUNT) - 1;
  }

  /** Names a stream, which gets a number if it has none. An event for it must follow. */
  enter(stream: string): StreamNumber {
    const known = this.#numbers.get(stream);
    if (known !== undefined) return known;
    this.#numbers.set(stream, this.#names.length);
    return this.#names.push(stream) - 1;
  }

  /** The next event of the log. */
  add(id: IdWords, stream: StreamNumber): Position {
    const position = ++this.#position;
    this.#ids.add(id, position);
    this.#events.set(position, STREAM, stream);
    this.#events.set(position, PREVIOUS, this.#streams.get(stream, LAST));
    this.#streams.set(stream, LAST, position);
    this.#streams.set(stream, COUNT, this.#streams.get(stream, COUNT) + 1);
    return position;
  }

  /** Forgets every event after a position: they could not be committed. */
  truncate(position: Position): void {
    for (; this.#position > position; this.#position--) {
      const stream = this.streamAt(this.#position);
      this.#ids.remove(this.#position);
      this.#streams.set(stream, LAST, this.#events.get(this.#position, PREVIOUS));
      const count = this.#streams.get(stream, COUNT) - 1;
      this.#streams.set(stream, COUNT, count);
      if (count === 0) this.#numbers.delete(this.#names.pop() ?? '');
    }
  }

  /** Positions of a stream's events with revisions from `from` to `to`, inclusive, in their order. */
  positions(stream: string, from: Revision, to: Revision): Position[] {
    const number = this.#numbers.get(stream);
    if (number === undefined) return [];
    const found: Position[] = [];
    let position = this.#streams.get(number, LAST);
    for (let revision = this.#streams.get(number, COUNT) - 1; revision >= Math.max(from, 0); revision--) {
      if (revision <= to) found.push(position);
      position = this.#events.get(position, PREVIOUS);
    }
    return found.reverse();
  }
}
