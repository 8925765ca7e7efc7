// An item as the CloudEvent that its recipient decrypts (contracts.md, Envelope: going out).
import type { AnswerItem } from '#disclosure';
import { itemKey } from './feed-record.ts';

/** What a learner's item is to one recipient. */
export interface FeedItem {
  /** The recipient's pseudonym for the learner. */
  readonly learner: string;
  /** The recipient's own id for the learner, where it linked one. */
  readonly localId?: string;
  readonly item: AnswerItem;
}

/** CloudEvents 1.0 with the broker's extension attributes. All are text. */
export interface FeedItemEvent {
  readonly specversion: '1.0';
  /** Equal to the key under which it travels: what was moved to another key shows. */
  readonly id: string;
  /** `urn:concordat:broker:<name>`. */
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly localid?: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly position: string;
  /** `id@version#flow`, or `own`. */
  readonly protocol: string;
  readonly purpose?: string;
  readonly basis: string;
  readonly level: string;
  readonly category: string;
  readonly status?: string;
  /** `urn:concordat:agency:<slug>` of the contributing agency, and its own message id. */
  readonly contributor: string;
  readonly contributionid: string;
  readonly data: AnswerItem['data'];
}

/** `source`: the broker as a URN. */
export const feedItemEvent = (source: string, { learner, localId, item }: FeedItem): FeedItemEvent => ({
  specversion: '1.0',
  id: itemKey(learner, item.position),
  source,
  type: item.type,
  subject: learner,
  ...(localId === undefined ? {} : { localid: localId }),
  time: item.time,
  datacontenttype: 'application/json',
  position: item.position,
  protocol: item.clause,
  ...(item.purpose === undefined ? {} : { purpose: item.purpose }),
  basis: item.basis,
  level: item.level,
  category: item.category,
  ...(item.status === undefined ? {} : { status: item.status }),
  contributor: item.source,
  contributionid: item.id,
  data: item.data,
});
