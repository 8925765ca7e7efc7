// Reading events from the blocks, at once or as they come. Each is checked against its leaf hash: what was not recorded is never given out.
import { setImmediate as turn } from 'node:timers/promises';
import type { Position } from '#kernel';
import type { RecordedEvent, SubscribeOptions } from '../event-store.ts';
import { readForm } from '../record-form.ts';
import { type Block, entriesOf, type Entry, intact } from './block.ts';
import type { LogFile } from './log-file.ts';

// Reads events from the blocks. Each is checked against its leaf hash, so that what was not recorded is never given out.

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

// Wakes those who wait for news of the log: at once on a commit of this process, within POLL_MS on one of another.

const POLL_MS = 50;

export class Wakeups {
  readonly #head: () => Position;
  readonly #waiting = new Set<() => void>();
  #told: Position = 0;
  #timer: NodeJS.Timeout | undefined;

  /** `head` looks at the file and gives the position of the last event, whoever appended it. */
  constructor(head: () => Position) {
    this.#head = head;
  }

  /** For one that has read to the end just now: resolves on the next news, or when the signal aborts. */
  wait(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        if (this.#waiting.size === 0) this.#rest();
        resolve();
      };
      this.#waiting.add(wake);
      signal.addEventListener('abort', wake);
      if (signal.aborted) wake();
      else this.#timer ??= setInterval(() => this.#look(), POLL_MS).unref();
    });
  }

  wakeAll(): void {
    for (const wake of [...this.#waiting]) wake();
  }

  #look(): void {
    const head = this.#lookedAt();
    if (head === this.#told) return;
    if (head !== undefined) this.#told = head;
    this.wakeAll();
  }

  /** Undefined where the file cannot be read: those who wait wake, read, and meet the failure themselves. */
  #lookedAt(): Position | undefined {
    try {
      return this.#head();
    } catch {
      return undefined;
    }
  }

  #rest(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

// A subscription reads when it is asked for more and never ahead; at the end of the log it waits to be woken.

const BATCH = 256;

/** Events with greater positions than `after`, in their order; it looks at the log at the moment it is called. */
export type ReadAfter = (after: Position, limit: number) => Promise<readonly RecordedEvent[]>;

export const follow = async function* (
  read: ReadAfter,
  wakeups: Wakeups,
  options: SubscribeOptions,
): AsyncGenerator<readonly RecordedEvent[], void> {
  const { signal, batchSize = BATCH } = options;
  let { after } = options;
  while (!signal.aborted) {
    const events = await read(after, batchSize);
    if (events.length === 0) {
      // What comes between reading and waiting the next look at the file finds.
      await wakeups.wait(signal);
      continue;
    }
    after += events.length;
    yield events;
    // One that is far behind reads on and on; others get their turn between batches.
    await turn();
  }
};
