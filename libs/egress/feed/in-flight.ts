// Learners about whom something is on its way to partners at this moment: whoever withdraws has to wait for it (invariant 6).
import type { LearnerId } from '#kernel';

interface Sending {
  readonly learners: ReadonlySet<LearnerId>;
  readonly over: Promise<void>;
}

export class InFlight {
  readonly #sendings = new Set<Sending>();

  /** To be called in the turn in which the sending begins; the answer, once nothing of it can arrive any more. */
  begin(learners: Iterable<LearnerId>): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    const sending = { learners: new Set(learners), over: promise };
    this.#sendings.add(sending);
    return () => {
      this.#sendings.delete(sending);
      resolve();
    };
  }

  /** Resolves when all that is on its way about the learner now has arrived, or never will. What begins later is not waited for. */
  async settled(learner: LearnerId): Promise<void> {
    const waited = [...this.#sendings].filter(({ learners }) => learners.has(learner));
    await Promise.all(waited.map(({ over }) => over));
  }

  /** Learners about whom something is on its way. */
  get count(): number {
    return [...this.#sendings].reduce((total, { learners }) => total + learners.size, 0);
  }
}
