// Reads events from the blocks. Each is checked against its leaf hash, so that what was not recorded is never given out.
import type { Position } from '#kernel';
import type { RecordedEvent } from '../event-store.ts';
import { readForm } from '../record-form.ts';
import { type Block, entriesOf, type Entry, intact } from './block.ts';
import type { LogFile } from './log-file.ts';

const eventOf = (entry: Entry): RecordedEvent => readForm(intact(entry).form, entry.position);

export class LogReader {
  readonly #file: LogFile;

  constructor(file: LogFile) {
    this.#file = file;
  }

  /** Up to `limit` events with greater positions than `after`, in their order. */
  after(after: Position, limit: number): RecordedEvent[] {
    return this.#entriesAfter(after, limit).map(eventOf);
  }

  /** Up to `limit` events with smaller positions than `before`, last first. */
  before(before: Position, limit: number): RecordedEvent[] {
    const events: RecordedEvent[] = [];
    for (const block of this.#file.blocksBack(before - 1)) {
      const entries = [...entriesOf(block)].filter(({ position }) => position < before);
      events.push(
        ...entries
          .reverse()
          .slice(0, limit - events.length)
          .map(eventOf),
      );
      if (events.length >= limit) break;
    }
    return events;
  }

  /** The events at these positions, which must ascend and be in the log. */
  at(positions: readonly Position[]): RecordedEvent[] {
    let held: Entry[] = [];
    return positions.map((position) => {
      if (position > (held.at(-1)?.position ?? 0)) held = entriesIn(this.#file.blockHolding(position));
      const entry = held[position - (held[0]?.position ?? position)];
      if (entry === undefined) throw new RangeError(`The event at position ${position} is missing.`);
      return eventOf(entry);
    });
  }

  /** Leaf hashes of up to `limit` events with greater positions than `after`. */
  leavesAfter(after: Position, limit: number): Uint8Array[] {
    return this.#entriesAfter(after, limit).map(({ leaf }) => leaf);
  }

  #entriesAfter(after: Position, limit: number): Entry[] {
    const entries: Entry[] = [];
    if (limit <= 0) return entries;
    for (const block of this.#file.blocksFrom(after + 1)) {
      for (const entry of entriesOf(block)) if (entry.position > after) entries.push(entry);
      if (entries.length >= limit) break;
    }
    for (const [index, { position }] of entries.entries()) {
      if (position !== after + index + 1) throw new RangeError(`The event at position ${after + index + 1} is missing.`);
    }
    return entries.slice(0, limit);
  }
}

const entriesIn = (block: Block | undefined): Entry[] => (block ? [...entriesOf(block)] : []);
