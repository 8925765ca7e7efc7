// Keeps what is in memory current with what other processes append, such as the command line beside a running broker.
import { setTimeout as delay } from 'node:timers/promises';
import { AGENCIES_STREAM, type AgencyRegister } from '#agencies';
import { type EventStore, EventStoreError, type RecordedEvent } from '#event-store';
import type { Position } from '#kernel';
import type { LearnerStreams } from '#learner-file';
import { PROTOCOLS_STREAM, type ProtocolRegister } from '#sharing-protocols';

export interface Followed {
  readonly store: Pick<EventStore, 'head' | 'subscribe'>;
  readonly streams: Pick<LearnerStreams, 'outdate'>;
  readonly agencies: Pick<AgencyRegister, 'refresh'>;
  readonly protocols: Pick<ProtocolRegister, 'refresh'>;
  /** Told what somebody should see to, in a sentence. */
  readonly tell?: (says: string) => void;
}

const RETRY_MS = 500;

export class LogFollower {
  readonly #parts: Followed;
  #position: Position;
  #interruption: string | undefined;

  /** `after`: how far what is in memory is current. */
  constructor(parts: Followed, after: Position) {
    this.#parts = parts;
    this.#position = after;
  }

  /** Why the log cannot be followed now, as a sentence: what others append is seen late, and what was altered not at all. */
  get interruption(): string | undefined {
    return this.#interruption;
  }

  /** Until the signal aborts, through every interruption. Nothing decided meanwhile is wrong: appends name the revisions they count on. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.#follow(signal);
      } catch (cause) {
        this.#interrupted(saysWhyNot(cause));
      }
      await delay(RETRY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  #interrupted(says: string): void {
    if (says !== this.#interruption) this.#parts.tell?.(says);
    this.#interruption = says;
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const { store } = this.#parts;
    await store.head();
    if (this.#interruption === INTERRUPTED) this.#interruption = undefined;
    for await (const events of store.subscribe({ after: this.#position, signal })) {
      await this.#takeIn(events);
      this.#position = events.at(-1)?.position ?? this.#position;
      this.#interruption = undefined;
    }
  }

  async #takeIn(events: readonly RecordedEvent[]): Promise<void> {
    const { streams, agencies, protocols } = this.#parts;
    for (const event of events) streams.outdate(event);
    const changed = new Set(events.map(({ stream }) => stream));
    if (changed.has(AGENCIES_STREAM)) await agencies.refresh();
    if (changed.has(PROTOCOLS_STREAM)) await protocols.refresh();
  }
}

const INTERRUPTED = 'The log cannot be followed: what other processes append is seen late.';

const saysWhyNot = (cause: unknown): string => (cause instanceof EventStoreError && cause.code === 'corrupt' ? cause.message : INTERRUPTED);
