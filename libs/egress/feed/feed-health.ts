// What is asked of a runner, and told of it.
import type { AgencySlug, Instant, Position } from '#kernel';

export interface FeedLimits {
  /** Learners decided together; their decisions share an fsync, and so do their lines in the ledger. */
  readonly round: number;
  /** When so many learners wait, they are noted in the ledger and reading goes on: each is decided once and not with every event. */
  readonly pending: number;
}

export interface FeedHealth {
  /** All events up to it are on the feeds, as far as they concern them. */
  readonly position: Position;
  /** Up to which the log is on an agency's feed, as far as it concerns it, for all that have an encryption key in force. */
  readonly reached: ReadonlyMap<AgencySlug, Position>;
  /** Events of the log after that. */
  readonly lags: ReadonlyMap<AgencySlug, number>;
  /** Learners who wait. */
  readonly pending: number;
  /** Agencies that nothing can be sent to, since none of their encryption keys is in force. */
  readonly withoutKey: readonly string[];
  /** Agencies whose feed does not take what is sent. */
  readonly stuck: readonly string[];
  /** Of these, since when. */
  readonly stuckSince: ReadonlyMap<AgencySlug, Instant>;
}

/** How the feeds stand, told by whatever sends them in this process, for whoever asks in it. */
export class FeedsHere {
  #health: () => Promise<FeedHealth | undefined> = async () => undefined;

  toldBy(health: () => Promise<FeedHealth | undefined>): void {
    this.#health = health;
  }

  /** Undefined while nothing in this process sends feeds. */
  health(): Promise<FeedHealth | undefined> {
    return this.#health();
  }
}
