// Recipients whose feed does not take what is sent, such as one whose topic is missing: they are left out for a while, the others go on.
import type { AgencySlug, Clock, Instant, Position } from '#kernel';

const FIRST_MS = 1000;
const LONGEST_MS = 300_000;

interface Stuck {
  readonly until: Instant;
  readonly wait: number;
  /** How far the feeds were when it began. */
  readonly since: Position;
}

export class StuckFeeds {
  readonly #clock: Clock;
  readonly #reached: () => Position;
  readonly #stuck = new Map<AgencySlug, Stuck>();

  /** `reached`: the position up to which the feeds of all others are complete. */
  constructor(clock: Clock, reached: () => Position) {
    this.#clock = clock;
    this.#reached = reached;
  }

  get recipients(): ReadonlySet<AgencySlug> {
    return new Set(this.#stuck.keys());
  }

  /** Each time for twice as long. */
  add(recipient: AgencySlug): void {
    const before = this.#stuck.get(recipient);
    const wait = Math.min(2 * (before?.wait ?? FIRST_MS / 2), LONGEST_MS);
    this.#stuck.set(recipient, { until: this.#clock.now() + wait, wait, since: before?.since ?? this.#reached() });
  }

  /** Undefined where the feed takes what is sent. */
  since(recipient: AgencySlug): Position | undefined {
    return this.#stuck.get(recipient)?.since;
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
