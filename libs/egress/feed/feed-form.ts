// The form of what goes to a partner’s topic, whatever carries it: its keys, and items and notices as the CloudEvents that it decrypts.
import { type AnswerItem, MERGED_IDENTITY_ID } from '#disclosure';
import { type Notice, NOTICE_ISSUED, type NoticeReason } from '#consent';
import type { IsoDate } from '#kernel';

// What goes to a partner's topic, whatever carries it (contracts.md, Kafka).

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

/** `dutyId`: pairwise, as the list of duties has it. */
export const dutyKey = (dutyId: string): string => `duty:${dutyId}`;

export const tombstone = (key: string): FeedRecord => ({ key, value: null });

// An item as the CloudEvent that its recipient decrypts (contracts.md, Envelope: going out).

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

// A notice as the CloudEvent that its recipient decrypts: what took effect, which items that concerns, by when to answer.

/** What a notice is to its recipient. */
export interface FeedNotice {
  /** The recipient's pseudonym for the learner. */
  readonly learner: string;
  /** The recipient's own id for the learner, where it linked one. */
  readonly localId?: string;
  readonly notice: Notice;
  /** Pairwise ids of what it is about. */
  readonly items: readonly string[];
}

/** CloudEvents 1.0; `data` is what `notice.acknowledged` answers to. */
export interface FeedNoticeEvent {
  readonly specversion: '1.0';
  /** `notice:<noticeId>`, equal to the key under which it travels. */
  readonly id: string;
  readonly source: string;
  readonly type: typeof NOTICE_ISSUED;
  readonly subject: string;
  readonly localid?: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly category: 'consent';
  readonly data: NoticeData;
}

export interface NoticeData {
  /** To be named in `notice.acknowledged`. */
  readonly noticeId: string;
  readonly reason: NoticeReason;
  /** Of a withdrawal: the consent, as the agency that recorded it named it. */
  readonly consentId?: string;
  /**
   * Keys on this feed of what was shown, `<pseudonym>/identity` for the merged identity; in answers an item has the same pseudonym and id.
   */
  readonly items: readonly string[];
  /** The last day, in London, to answer. */
  readonly due: IsoDate;
  /** The clause that says so, as `protocol@version#duty`. */
  readonly duty?: string;
}

/** `source`: the broker as a URN. */
export const feedNoticeEvent = (source: string, { learner, localId, notice, items }: FeedNotice): FeedNoticeEvent => ({
  specversion: '1.0',
  id: noticeKey(notice.noticeId),
  source,
  type: NOTICE_ISSUED,
  subject: learner,
  ...(localId === undefined ? {} : { localid: localId }),
  time: new Date(notice.issuedAt).toISOString(),
  datacontenttype: 'application/json',
  category: 'consent',
  data: noticeData({ learner, notice, items }),
});

export const noticeData = ({
  learner,
  notice: { noticeId, reason, consentId, due, duty },
  items,
}: Omit<FeedNotice, 'localId'>): NoticeData => ({
  noticeId,
  reason,
  ...(consentId === undefined ? {} : { consentId }),
  items: items.map((id) => itemKey(learner, id)),
  due,
  ...(duty === undefined ? {} : { duty }),
});
