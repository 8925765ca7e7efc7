// Recipients whose feed does not take what is sent, such as one whose topic is missing: they are left out for a while, the others go on.
import type { AgencySlug, Clock, Instant } from '#kernel';

const FIRST_MS = 1000;
const LONGEST_MS = 300_000;

interface Stuck {
  readonly until: Instant;
  readonly wait: number;
}

export class StuckFeeds {
  readonly #clock: Clock;
  readonly #stuck = new Map<AgencySlug, Stuck>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get recipients(): ReadonlySet<AgencySlug> {
    return new Set(this.#stuck.keys());
  }

  /** Each time for twice as long. */
  add(recipient: AgencySlug): void {
    const wait = Math.min(2 * (this.#stuck.get(recipient)?.wait ?? FIRST_MS / 2), LONGEST_MS);
    this.#stuck.set(recipient, { until: this.#clock.now() + wait, wait });
  }

  remove(recipient: AgencySlug): void {
    this.#stuck.delete(recipient);
  }

  has(recipient: AgencySlug): boolean {
    return this.#stuck.has(recipient);
  }

  /** True until it is time to try again. */
  waits(recipient: AgencySlug): boolean {
    return (this.#stuck.get(recipient)?.until ?? 0) > this.#clock.now();
  }

  toRetry(): readonly AgencySlug[] {
    return [...this.#stuck.keys()].filter((recipient) => !this.waits(recipient));
  }
}
