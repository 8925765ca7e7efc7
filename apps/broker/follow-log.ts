// Keeps what is in memory current with what other processes append, such as the command line beside a running broker.
import { AGENCIES_STREAM, type AgencyRegister } from '#agencies';
import type { EventStore, RecordedEvent } from '#event-store';
import { Backoff } from '#ingress';
import type { Position } from '#kernel';
import type { LearnerStreams } from '#learner-file';
import { PROTOCOLS_STREAM, type ProtocolRegister } from '#sharing-protocols';
import type { Reason } from './health/readiness.ts';

export interface Followed {
  readonly store: Pick<EventStore, 'head' | 'subscribe'>;
  readonly streams: Pick<LearnerStreams, 'outdate'>;
  readonly agencies: Pick<AgencyRegister, 'refresh'>;
  readonly protocols: Pick<ProtocolRegister, 'refresh'>;
}

export class LogFollower {
  readonly #followed: Followed;
  #taken: Position | undefined;
  #failing = false;

  constructor(followed: Followed) {
    this.#followed = followed;
  }

  /** Why what other processes append may be unknown here; none while it is followed. */
  get reasons(): readonly Reason[] {
    return this.#failing ? [{ check: 'log', says: 'The log cannot be followed: what other processes append is not known here until it can be read again.' }] : [];
  }

  /**
   * Until the signal aborts. What fails is tried again from where it failed: one read that fails ends nothing. Nothing decided meanwhile is wrong:
   * appends name the revisions they count on.
   */
  async run(signal: AbortSignal): Promise<void> {
    for (const backoff = new Backoff(); !signal.aborted; ) {
      try {
        await this.#follow(signal, backoff);
      } catch {
        this.#failing = true;
        await backoff.wait(signal);
      }
    }
  }

  async #follow(signal: AbortSignal, backoff: Backoff): Promise<void> {
    const { store } = this.#followed;
    this.#taken ??= await store.head();
    await this.#catchUp();
    for await (const events of store.subscribe({ after: this.#taken, signal })) {
      await this.#takeIn(events);
      this.#taken = events.at(-1)?.position ?? this.#taken;
      backoff.succeeded();
    }
  }

  /** After a failure the registers are read anew, since the log may have nothing more to tell; then it can be read. */
  async #catchUp(): Promise<void> {
    if (!this.#failing) return;
    const { agencies, protocols } = this.#followed;
    await Promise.all([agencies.refresh(), protocols.refresh()]);
    this.#failing = false;
  }

  async #takeIn(events: readonly RecordedEvent[]): Promise<void> {
    const { streams, agencies, protocols } = this.#followed;
    for (const event of events) streams.outdate(event);
    const changed = new Set(events.map(({ stream }) => stream));
    if (changed.has(AGENCIES_STREAM)) await agencies.refresh();
    if (changed.has(PROTOCOLS_STREAM)) await protocols.refresh();
  }
}
