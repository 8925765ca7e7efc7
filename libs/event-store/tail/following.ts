// One consumer under supervision: where it is, what it is given, and what becomes of a failure.
import { setImmediate as turn } from 'node:timers/promises';
import type { Position } from '#kernel';
import type { RecordedEvent } from '../event-store.ts';
import type { Consumer, Delivered, Trouble } from './consumer.ts';
import { pause, type SharedReading, troubleOf } from './shared-reading.ts';

const BATCH = 256;

export interface FollowingParts<Event extends Delivered> {
  readonly consumer: Consumer<Event>;
  readonly reading: SharedReading<Event>;
  /** Milliseconds that one delivery may take while what follows it is held. */
  readonly patience: number;
  readonly prepare: (events: readonly Event[]) => Promise<void>;
  /** It has passed more of the log, or does not hold any more what it has not passed. */
  readonly passed: () => void;
  readonly troubled: (trouble: Trouble) => void;
}

export class Following<Event extends Delivered> {
  readonly #parts: FollowingParts<Event>;
  readonly #stopping = new AbortController();
  #ended: Promise<void> = Promise.resolve();
  #position: Position = 0;
  #failures = 0;
  #trouble: Trouble | undefined;
  #isNear = false;
  #isPatienceOver = false;

  constructor(parts: FollowingParts<Event>) {
    this.#parts = parts;
  }

  get name(): string {
    return this.#parts.consumer.name;
  }

  /** Of the last event that it has passed. */
  get position(): Position {
    return this.#position;
  }

  get trouble(): Trouble | undefined {
    return this.#trouble;
  }

  /** Whether what it has not passed is to be held for it. */
  get holds(): boolean {
    return this.#isNear && this.#failures === 0 && !this.#isPatienceOver;
  }

  /** To be called once; resolves when the signal has aborted or it was stopped, and what it had in hand is done. */
  run(signal: AbortSignal): Promise<void> {
    return (this.#ended = this.#supervise(AbortSignal.any([signal, this.#stopping.signal])));
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#ended;
  }

  async #supervise(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.#follow(signal);
      } catch (cause) {
        if (signal.aborted) return;
        this.#failed(troubleOf(cause));
        await pause(this.#failures, signal);
      }
    }
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const { consumer, reading } = this.#parts;
    this.#position = await consumer.checkpoint();
    while (!signal.aborted) {
      const { events, shared } = await reading.next(this.#position, consumer.batchSize ?? BATCH);
      if (signal.aborted) return;
      this.#isNear = shared;
      if (events.length > 0) await this.#give(events);
      else await this.#rest(signal);
      // One that is far behind goes on and on; others get their turn between deliveries.
      await turn();
    }
  }

  async #give(events: readonly Event[]): Promise<void> {
    const to = events.at(-1)?.recorded.position ?? this.#position;
    const losing = setTimeout(() => this.#loseWindow(), this.#parts.patience).unref();
    try {
      const wanted = events.filter(({ recorded }) => this.#wants(recorded));
      await this.#prepare(wanted);
      await this.#parts.consumer.handle({ after: this.#position, to, events: wanted });
    } finally {
      clearTimeout(losing);
      this.#isPatienceOver = false;
    }
    this.#position = to;
    this.#well();
    this.#parts.passed();
  }

  async #prepare(wanted: readonly Event[]): Promise<void> {
    const { consumer, prepare } = this.#parts;
    const opens = consumer.opens;
    const opened = opens ? wanted.filter(({ recorded }) => opens(recorded)) : [];
    if (opened.length > 0) await prepare(opened);
  }

  #loseWindow(): void {
    this.#isPatienceOver = true;
    this.#parts.passed();
  }

  async #rest(signal: AbortSignal): Promise<void> {
    this.#well();
    await this.#parts.reading.more(this.#position, signal);
  }

  #wants({ type, stream }: RecordedEvent): boolean {
    const { types, streams } = this.#parts.consumer;
    return (types === 'every' || types.has(type)) && (streams === undefined || streams(stream));
  }

  #well(): void {
    this.#failures = 0;
    this.#trouble = undefined;
  }

  #failed(trouble: Trouble): void {
    this.#failures += 1;
    if (trouble.code !== this.#trouble?.code) this.#parts.troubled(trouble);
    this.#trouble = trouble;
    this.#parts.passed();
  }
}
