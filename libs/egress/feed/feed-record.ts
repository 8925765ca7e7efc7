// What goes to a partner's topic, whatever carries it (contracts.md, Kafka).
import { type AnswerItem, MERGED_IDENTITY_ID } from '#disclosure';

/** A keyed message; `null` is a tombstone: what was sent under the key before counts no longer. */
export interface FeedRecord {
  readonly key: string;
  readonly value: Buffer | null;
}

/** A learner's item, as its recipient names it: the pairwise pseudonym, and the item's pairwise id. */
export const itemKey = (pseudonym: string, id: string): string => `${pseudonym}/${id}`;

/** The last part of an item's key; a learner has one merged identity, which has no id. */
export const keyIdOf = ({ id = MERGED_IDENTITY_ID }: Pick<AnswerItem, 'id'>): string => id;

/** The key under which a feed key travels. */
export const announcementKey = (kid: string): string => `feed-key:${kid}`;

export const noticeKey = (noticeId: string): string => `notice:${noticeId}`;

export const tombstone = (key: string): FeedRecord => ({ key, value: null });
