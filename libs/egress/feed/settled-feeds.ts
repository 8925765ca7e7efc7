// Learners of whom all that was decided is on the feeds: of them the next decision is about what is new alone (ADR 34).
import { LRUCache } from 'lru-cache';
import type { FeedSnapshot } from '#disclosure';
import type { LearnerId } from '#kernel';
import type { LearnerLine } from './feed-ledger.ts';

/** What the ledger has of a learner, and what that was decided on. */
export interface SettledFeed {
  readonly snapshot: FeedSnapshot;
  readonly line: LearnerLine;
}

/** Those of whom something was told lately; a few kilobytes each. */
const KEPT = 4000;

export class SettledFeeds {
  readonly #settled = new LRUCache<LearnerId, SettledFeed>({ max: KEPT });

  /** From now on until it is settled again nothing is known of the learner. */
  take(learner: LearnerId): SettledFeed | undefined {
    const settled = this.#settled.get(learner);
    this.#settled.delete(learner);
    return settled;
  }

  settle(settled: SettledFeed): void {
    this.#settled.set(settled.line.learner, settled);
  }

  /** All of them. */
  clear(): void {
    this.#settled.clear();
  }
}
