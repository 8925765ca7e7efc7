// The one reading of the log for all who follow it: each event is checked and wrapped once. Whoever is far behind reads for himself.
import { setTimeout as delay } from 'node:timers/promises';
import { backOff, type Pauses, type Position } from '#kernel';
import { type EventStore, EventStoreError, type RecordedEvent } from '../event-store.ts';
import type { Delivered, Trouble } from './consumer.ts';
import { Window, type WindowBounds } from './window.ts';

// Failures of whoever follows the log: what is told of them, and how long each waits before it tries again.

/** Short beside the ten seconds within which everything recovers once its cause is gone. */
const PAUSES: Pauses = { first: 50, longest: 2000 };

/** Milliseconds before the next attempt after so many failures in a row, from 1 on; `chance` lies between 0 and 1. */
export const pauseAfter = (failures: number, chance: number): number => backOff(failures, chance, PAUSES);

/** Resolves after the pause, or at once when the signal aborts. */
export const pause = async (failures: number, signal: AbortSignal): Promise<void> =>
  delay(pauseAfter(failures, Math.random()), undefined, { signal, ref: false }).catch(() => undefined);

/** Messages of other errors may quote data: of those the code alone is told, or the class. */
export const troubleOf = (cause: unknown): Trouble => {
  const code = textIn(cause, 'code') ?? textIn(cause, 'name') ?? typeof cause;
  return cause instanceof EventStoreError && cause.code === 'corrupt' ? { code, says: cause.message } : { code };
};

/** By its form, since errors of another realm are no instances of ours. */
const textIn = (cause: unknown, field: 'code' | 'name'): string | undefined => {
  const value: unknown = typeof cause === 'object' && cause !== null ? (cause as Record<string, unknown>)[field] : undefined;
  return typeof value === 'string' ? value : undefined;
};

export interface ReadingParts<Event extends Delivered> {
  readonly store: Pick<EventStore, 'head' | 'readAll' | 'subscribe'>;
  /** Called once for each event that is read. */
  readonly decode: (recorded: RecordedEvent) => Event;
  readonly bounds: WindowBounds;
  readonly troubled: (trouble: Trouble) => void;
}

export interface Next<Event> {
  readonly events: readonly Event[];
  /** False where they were read for this one alone. */
  readonly shared: boolean;
}

export class SharedReading<Event extends Delivered> {
  readonly #parts: ReadingParts<Event>;
  readonly #window: Window<Event>;
  readonly #stopping = new AbortController();
  readonly #ended: Promise<void>;
  #failures = 0;
  #trouble: Trouble | undefined;

  /** Begins at once, at the head of the log. */
  constructor(parts: ReadingParts<Event>) {
    this.#parts = parts;
    this.#window = new Window(parts.bounds);
    this.#ended = this.#run(this.#stopping.signal);
  }

  get trouble(): Trouble | undefined {
    return this.#trouble;
  }

  /** Events that are held for those who have not passed them. */
  get held(): number {
    return this.#window.size;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#ended;
  }

  /** Everybody near has passed this position. */
  release(position: Position): void {
    this.#window.release(position);
  }

  /** What follows a position, at most `limit` events; none where there is nothing yet. Rejects with `EventStoreError`. */
  async next(position: Position, limit: number): Promise<Next<Event>> {
    const held = this.#window.after(position, limit);
    if (held) return { events: held, shared: true };
    const { store, decode } = this.#parts;
    const events = await store.readAll({ after: position, limit });
    return { events: events.map(decode), shared: events.length === 0 };
  }

  /** Resolves when there may be something after the position, or when the signal aborts. */
  async more(position: Position, signal: AbortSignal): Promise<void> {
    await this.#window.more(position, signal);
  }

  async #run(signal: AbortSignal): Promise<void> {
    let begun = false;
    while (!signal.aborted) {
      try {
        if (!begun) this.#window.begin(await this.#parts.store.head());
        begun = true;
        await this.#probe();
        await this.#read(signal);
      } catch (cause) {
        if (signal.aborted) return;
        this.#failed(troubleOf(cause));
        await pause(this.#failures, signal);
      }
    }
  }

  /** A subscription that waits does not tell whether it could read. */
  async #probe(): Promise<void> {
    if (this.#failures > 0) await this.#parts.store.readAll({ after: this.#window.end, limit: 1 });
    this.#readable();
  }

  /** Until the signal aborts, or others have read further for themselves: then it goes on from there. */
  async #read(signal: AbortSignal): Promise<void> {
    const { store, decode } = this.#parts;
    for await (const events of store.subscribe({ after: this.#window.end, signal })) {
      this.#readable();
      this.#window.add(events.map(decode));
      await this.#window.demanded(signal);
      const overtakenAt = this.#window.overtakenAt;
      if (overtakenAt === undefined) continue;
      this.#window.begin(overtakenAt);
      return;
    }
  }

  #readable(): void {
    this.#failures = 0;
    this.#trouble = undefined;
  }

  #failed(trouble: Trouble): void {
    this.#failures += 1;
    if (trouble.code !== this.#trouble?.code) this.#parts.troubled(trouble);
    this.#trouble = trouble;
  }
}
