// A notice as the CloudEvent that its recipient decrypts: what took effect, which items that concerns, by when to answer.
import { type Notice, NOTICE_ISSUED, type NoticeReason } from '#consent';
import type { IsoDate } from '#kernel';
import { itemKey, noticeKey } from './feed-record.ts';

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
