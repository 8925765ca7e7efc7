// Admission: judges the events of verified messages one by one, records what is to be recorded, and answers with receipts.
import { type Bookmark, EventStoreError } from '#event-store';
import type { Positions } from '#unit-of-work';
import type { AdmissionParts, VerifiedMessage } from './admission-parts.ts';
import { type OutboxContent, outboxOf, settle } from './outbox.ts';
import type { MessagesInFlight } from './messages-seen.ts';
import type { Receipt } from './receipt.ts';
import { placed } from './receipts.ts';
import { Work } from './work.ts';

/** Messages that are on disk, and what is left to do before their senders may be told. */
export interface Admitted {
  readonly outbox: OutboxContent;
  readonly bookmarks: readonly Bookmark[];
  /** By event id, of what they recorded. */
  readonly positions: Positions;
}

/** Bookmarks to change in the same append, by what judging came to. */
export type BookmarksOf = (outbox: OutboxContent) => readonly Bookmark[];

export class Admission {
  readonly #parts: AdmissionParts;
  readonly #inFlight: MessagesInFlight = new Map();

  constructor(parts: AdmissionParts) {
    this.#parts = parts;
  }

  /**
   * One receipt for each event, in their order, once all that they say is on disk (invariant 2).
   * Rejects with `EventStoreError`: the sender sends again. Nothing was recorded, or, where it is `uncertain`, not all was done.
   */
  async admit(message: VerifiedMessage): Promise<readonly Receipt[]> {
    const { outbox, positions } = await this.admitTogether([message]);
    await this.settle(outbox).catch((cause: unknown) => {
      throw new EventStoreError('uncertain', 'The message is judged, but not all that follows from it is done.', { cause });
    });
    return outbox.receipts.flat().map((receipt) => placed(receipt, positions));
  }

  /**
   * Judges messages in their order and records all of them, with the bookmarks, in one append. What is left of them, `settle` does,
   * and only then may receipts be told; whoever may die in between keeps the outbox in a bookmark.
   * Rejects with `EventStoreError` where nothing could be recorded; with `wrong-bookmark` where another process was first.
   */
  async admitTogether(messages: readonly VerifiedMessage[], bookmarksOf: BookmarksOf = owesNothing): Promise<Admitted> {
    const work = new Work(this.#parts, messages, this.#inFlight);
    try {
      for (;;) {
        await work.look();
        const { draft, missing, judged } = work.judge();
        if (missing.length > 0) continue;
        const outbox = outboxOf(this.#parts, judged);
        const bookmarks = bookmarksOf(outbox);
        const positions = await work.append(draft, bookmarks);
        if (positions) return { outbox, bookmarks, positions };
      }
    } finally {
      work.end();
    }
  }

  /** Does what is left of messages on disk; may be done again. */
  async settle(outbox: Omit<OutboxContent, 'receipts'>): Promise<void> {
    await settle(this.#parts, outbox);
  }
}

const owesNothing: BookmarksOf = () => [];
