// What goes to a partner's topic, whatever carries it (contracts.md, Kafka).

/** A keyed message; `null` is a tombstone: what was sent under the key before counts no longer. */
export interface FeedRecord {
  readonly key: string;
  readonly value: Buffer | null;
}

/** A learner's item, as its recipient names it: the pairwise pseudonym, and the item's position in the log. */
export const itemKey = (pseudonym: string, position: string): string => `${pseudonym}/${position}`;

/** The key under which a feed key travels. */
export const announcementKey = (kid: string): string => `feed-key:${kid}`;

export const noticeKey = (noticeId: string): string => `notice:${noticeId}`;

export const tombstone = (key: string): FeedRecord => ({ key, value: null });
