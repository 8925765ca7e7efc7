// Learners whose feeds are to be decided anew, each once however much happens meanwhile, in the order in which something first happened.
import type { LearnerId, Position } from '#kernel';

export class PendingLearners {
  #since = new Map<LearnerId, Position>();

  get size(): number {
    return this.#since.size;
  }

  has(learner: LearnerId): boolean {
    return this.#since.has(learner);
  }

  add(learner: LearnerId, position: Position): void {
    if (!this.#since.has(learner)) this.#since.set(learner, position);
  }

  first(count: number): readonly LearnerId[] {
    const first: LearnerId[] = [];
    for (const learner of this.#since.keys()) {
      if (first.length === count) break;
      first.push(learner);
    }
    return first;
  }

  /** Those of them that wait, with the position of what first happened to each. */
  take(learners: readonly LearnerId[]): ReadonlyMap<LearnerId, Position> {
    const taken = new Map<LearnerId, Position>();
    for (const learner of learners) {
      const since = this.#since.get(learner);
      if (since !== undefined && this.#since.delete(learner)) taken.set(learner, since);
    }
    return taken;
  }

  /** They could not be decided: they are the first again. */
  giveBack(taken: ReadonlyMap<LearnerId, Position>): void {
    const later = this.#since;
    this.#since = new Map(taken);
    for (const [learner, position] of later) this.add(learner, position);
  }

  /** How far the log is dealt with when it has been read up to `read`. */
  reached(read: Position): Position {
    const first = this.#since.values().next();
    return first.done ? read : Math.min(read, first.value - 1);
  }
}
