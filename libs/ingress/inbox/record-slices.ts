// A chunk in slices that are short enough for others to have their turn between them. Each is judged on the one before it, which need not
// be on disk yet. That none is recorded before the one it follows, their bookmarks see to (ADR 12).
import { setImmediate as turn } from 'node:timers/promises';
import { type Chunk, chunksOf, eventsIn, MOST_EVENTS, takenInAfter } from './record-chunk.ts';
import type { TakenIn } from './message-source.ts';
import type { ReadMessage } from './read-message.ts';

/** A slice is to hold up others for no longer, in milliseconds; a single message may, since its events are judged together. */
const SLICE_MS = 5;
/** Those that follow each other turn by turn share a commit, but whoever follows the log wakes for each: smaller ones cost more. */
const FEWEST_EVENTS = 40;
/** Until it is known better, milliseconds. */
const AN_EVENT_MS = 0.1;
/** How much the last slice counts among those before it. */
const WEIGHT = 0.2;

export interface Sliced {
  /** What is recorded of the partition, by its bookmark. */
  readonly takenIn: TakenIn;
  /** To be recorded one by one: the first of these failed, so that the others could not be recorded either. */
  readonly left: readonly (readonly ReadMessage[])[];
}

interface Recording {
  readonly recorded: Promise<string>;
  /** Resolves, or has failed, once the next may be judged. */
  readonly judged: Promise<unknown>;
}

export class Slices {
  readonly #record: (chunk: Chunk) => Promise<string>;
  /** Milliseconds. */
  #anEvent = AN_EVENT_MS;

  constructor(record: (chunk: Chunk) => Promise<string>) {
    this.#record = record;
  }

  /** By how long the last ones took. */
  of(messages: readonly ReadMessage[]): readonly (readonly ReadMessage[])[] {
    return chunksOf(messages, Math.min(MOST_EVENTS, Math.max(FEWEST_EVENTS, Math.floor(SLICE_MS / this.#anEvent))));
  }

  /** In order; never rejects. */
  async record({ of, expected }: Pick<Chunk, 'of' | 'expected'>, slices: Sliced['left']): Promise<Sliced> {
    const recording: Promise<string>[] = [];
    for (let before = expected; recording.length < slices.length;) {
      const messages = slices[recording.length] ?? [];
      const { recorded, judged } = this.#begin({ of, messages, expected: before });
      recording.push(recorded);
      if (
        await judged.then(
          () => false,
          () => true,
        )
      )
        break;
      before = takenInAfter({ of, messages });
      await turn();
    }
    const ended = await Promise.allSettled(recording);
    const failed = ended.findIndex(({ status }) => status === 'rejected');
    const done = failed < 0 ? ended.length : failed;
    const last = ended[done - 1];
    return { takenIn: last?.status === 'fulfilled' ? last.value : expected, left: slices.slice(done) };
  }

  #begin(chunk: Chunk): Recording {
    const began = performance.now();
    const { promise, resolve } = Promise.withResolvers<void>();
    const judged = (): void => {
      this.#took(performance.now() - began, chunk.messages);
      resolve();
    };
    const recorded = this.#record({ ...chunk, judged });
    return { recorded, judged: Promise.race([promise, recorded]) };
  }

  #took(ms: number, messages: readonly ReadMessage[]): void {
    const events = messages.reduce((sum, message) => sum + eventsIn(message), 0);
    if (events > 0) this.#anEvent += WEIGHT * (ms / events - this.#anEvent);
  }
}
