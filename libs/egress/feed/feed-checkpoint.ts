// What the one sender keeps beside the ledger: how far it is (ADR 33), and learners of whom all that was decided is on the feeds (ADR 34).
import { LRUCache } from 'lru-cache';
import type { FeedSnapshot } from '#disclosure';
import type { LearnerId, Position } from '#kernel';
import type { FeedLedger, LearnerLine, LedgerEntry, LedgerReached, Terms } from './feed-ledger.ts';

// How far the feeds are, and under which terms: changed with the ledger.

export class FeedCheckpoint {
  readonly #ledger: Pick<FeedLedger, 'recover' | 'startOver' | 'write' | 'note'>;
  #reached: LedgerReached = { position: 0, terms: { generation: 1, digest: '' } };

  constructor(ledger: Pick<FeedLedger, 'recover' | 'startOver' | 'write' | 'note'>) {
    this.#ledger = ledger;
  }

  get position(): Position {
    return this.#reached.position;
  }

  get terms(): Terms {
    return this.#reached.terms;
  }

  /** A log that ends before what the ledger has seen is another one, or was restored: then nothing in the ledger can be relied on. */
  async recover(head: Position): Promise<void> {
    this.#reached = await this.#ledger.recover();
    if (this.position > head) this.#reached = await this.#ledger.startOver();
  }

  /** On disk when it resolves. */
  async write(entry: LedgerEntry): Promise<void> {
    await this.#ledger.write(entry);
    this.#keep(entry);
  }

  /** See `FeedLedger.note`. */
  async note(entry: LedgerEntry): Promise<void> {
    await this.#ledger.note(entry);
    this.#keep(entry);
  }

  #keep({ position = this.position, terms = this.terms }: LedgerEntry): void {
    this.#reached = { position, terms };
  }
}

// Learners of whom all that was decided is on the feeds: of them the next decision is about what is new alone.

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
