// What is asked about one learner's feeds, and what was read to decide it.
import { randomUUID } from 'node:crypto';
import type { AgencySlug, LearnerId } from '#kernel';
import type { Missing } from '#unit-of-work';
import type { SentFeed } from './feed-change.ts';
import type { FeedSnapshot } from './feed-snapshot.ts';

/** By recipient. */
export type SentFeeds = ReadonlyMap<AgencySlug, SentFeed>;

export interface FeedInquiry {
  readonly learner: LearnerId;
  /** Agencies to which something can be encrypted now. */
  readonly reachable: ReadonlySet<AgencySlug>;
  /** Agencies whose feed is left as it is. */
  readonly passedOver?: ReadonlySet<AgencySlug>;
  /** What each recipient was sent and not told to delete: read where the whole file is decided. */
  readonly sent: () => Promise<SentFeeds>;
  /** Of the last decision, where all that it decided is on the feeds since. */
  readonly snapshot?: FeedSnapshot | undefined;
}

/** An inquiry, and what was read for it. */
export class FeedQuestion {
  readonly learner: LearnerId;
  readonly reachable: ReadonlySet<AgencySlug>;
  readonly passedOver: ReadonlySet<AgencySlug>;
  readonly snapshot: FeedSnapshot | undefined;
  readonly #read: () => Promise<SentFeeds>;
  #sent: SentFeeds | undefined;
  readonly #ids = new Map<AgencySlug, string>();

  constructor({ learner, reachable, passedOver = new Set(), snapshot, sent }: FeedInquiry) {
    this.learner = learner;
    this.reachable = reachable;
    this.passedOver = passedOver;
    this.snapshot = snapshot;
    this.#read = sent;
  }

  /** Who may be sent something. */
  get among(): Pick<FeedQuestion, 'reachable' | 'passedOver'> {
    return { reachable: this.reachable, passedOver: this.passedOver };
  }

  /** Of the decision for a recipient: judged again, it is the same (ADR 25). */
  decisionId(recipient: AgencySlug): string {
    const known = this.#ids.get(recipient);
    if (known !== undefined) return known;
    const drawn = randomUUID();
    this.#ids.set(recipient, drawn);
    return drawn;
  }

  /** Undefined where it was not read. */
  get sent(): SentFeeds | undefined {
    return this.#sent;
  }

  /** Nothing, where it was read. */
  get missing(): readonly Missing[] {
    return this.#sent ? [] : [{ from: { load: async () => void (this.#sent = await this.#read()) }, name: `sent ${this.learner}` }];
  }
}
