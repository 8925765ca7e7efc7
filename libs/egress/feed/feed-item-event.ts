// An item as the CloudEvent that its recipient decrypts (contracts.md, Envelope: going out).
import type { AnswerItem } from '#disclosure';
import { keyIdOf } from './feed-record.ts';

/** What a learner's item is to one recipient. */
export interface FeedItem {
  /** The recipient's pseudonym for the learner. */
  readonly learner: string;
  /** The recipient's own id for the learner, where it linked one. */
  readonly localId?: string;
  readonly item: AnswerItem;
}

/** CloudEvents 1.0 with the broker's extension attributes. */
export interface FeedItemEvent {
  readonly specversion: '1.0';
  /**
   * The item's pairwise id, as answers have it; `identity` of the merged one.
   * With `subject` it makes the key: what was moved to another key shows.
   */
  readonly id: string;
  /** `urn:concordat:broker:<name>`. */
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly localid?: string;
  /** RFC 3339: as told of the recipient's own items, midnight UTC of the day in London of others'; absent on the merged identity. */
  readonly time?: string;
  readonly datacontenttype: 'application/json';
  /** Of the recipient's own items alone. */
  readonly position?: string;
  /** `id@version#flow`, or `own`. */
  readonly protocol: string;
  readonly purpose?: string;
  readonly basis: string;
  readonly level: string;
  readonly category: string;
  readonly status?: string;
  /** Present where the contributing agency does not stand with the learner. */
  readonly confirmed?: false;
  readonly disputed?: true;
  /** `urn:concordat:agency:<slug>`; absent on the merged identity, and where whose it is would tell too much. */
  readonly contributor?: string;
  readonly data: AnswerItem['data'];
}

/** `source`: the broker as a URN. */
export const feedItemEvent = (source: string, { learner, localId, item }: FeedItem): FeedItemEvent => ({
  specversion: '1.0',
  id: keyIdOf(item),
  source,
  type: item.type,
  subject: learner,
  ...(localId === undefined ? {} : { localid: localId }),
  ...(item.time === undefined ? {} : { time: timeOf(item.time) }),
  datacontenttype: 'application/json',
  ...(item.position === undefined ? {} : { position: item.position }),
  protocol: item.clause,
  ...(item.purpose === undefined ? {} : { purpose: item.purpose }),
  basis: item.basis,
  level: item.level,
  category: item.category,
  ...marksOf(item),
  ...(item.source === undefined ? {} : { contributor: item.source }),
  data: item.data,
});

const marksOf = ({ status, confirmed, disputed }: AnswerItem): Pick<FeedItemEvent, 'status' | 'confirmed' | 'disputed'> => ({
  ...(status === undefined ? {} : { status }),
  ...(confirmed === undefined ? {} : { confirmed }),
  ...(disputed === undefined ? {} : { disputed }),
});

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** CloudEvents wants a moment where an answer gives the day. */
const timeOf = (time: string): string => (DAY.test(time) ? `${time}T00:00:00Z` : time);
