// How long learners have waited until their feeds are decided: intake gives way to them, so that feeds keep up with receipts also above
// what the broker can do (ADR 0032).
import type { LearnerId } from '#kernel';

/** Waiting for longer, a learner makes intake wait. */
const LONG_MS = 250;
/** For no longer than this at a time: feeds that cannot be decided at all do not stop intake. */
const MOST_MS = 1000;

export class FeedBacklog {
  /** Since when each waits, in milliseconds of this process's monotonic clock; who waits for longest is the first. */
  readonly #since = new Map<LearnerId, number>();
  readonly #givingWay = new Set<() => void>();

  waits(learner: LearnerId): void {
    if (!this.#since.has(learner)) this.#since.set(learner, performance.now());
  }

  /** These wait no longer, but for those to whom something has happened meanwhile. */
  decided(learners: Iterable<LearnerId>, waitsAgain: (learner: LearnerId) => boolean = () => false): void {
    for (const learner of learners) {
      this.#since.delete(learner);
      if (waitsAgain(learner)) this.waits(learner);
    }
    this.#look();
  }

  /** Nobody decides any more. */
  end(): void {
    this.#since.clear();
    this.#look();
  }

  /** Resolves when nobody has waited for long, after a second at the most, or when the signal aborts. */
  async giveWay(signal: AbortSignal): Promise<void> {
    if (!this.#isLong || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const goOn = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', goOn);
        this.#givingWay.delete(goOn);
        resolve();
      };
      const timer = setTimeout(goOn, MOST_MS);
      signal.addEventListener('abort', goOn);
      this.#givingWay.add(goOn);
    });
  }

  get #isLong(): boolean {
    const [oldest] = this.#since.values();
    return oldest !== undefined && performance.now() - oldest > LONG_MS;
  }

  #look(): void {
    if (!this.#isLong) for (const goOn of [...this.#givingWay]) goOn();
  }
}
