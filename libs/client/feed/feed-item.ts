// What the feed brings: CloudEvents by the broker (contracts.md, Envelope), and what becomes of them.

/** A CloudEvent that the broker encrypted for this agency: an item of a learner's record, a notice, or an overdue duty. */
export interface FeedItem<Data = unknown> {
  readonly specversion: '1.0';
  /**
   * The id that answers give the item, `identity` of the merged identity, `notice:<noticeId>`, or `duty:<dutyId>`;
   * the Kafka key is `<subject>/<id>`, of a notice or a duty its id.
   */
  readonly id: string;
  /** `urn:concordat:broker:<name>`. */
  readonly source: string;
  /** Of the event catalogue; `uk.concordat.learner.identity.v1` for the merged identity, `uk.concordat.notice.issued.v1` for a notice. */
  readonly type: string;
  /** The agency's own pseudonym for the learner: nobody else's is the same. */
  readonly subject: string;
  /** The agency's own id for the learner, where it gave one. */
  readonly localid?: string;
  /**
   * When it happened, RFC 3339: as told of the agency's own items; of others' midnight UTC of the day in London.
   * None on the merged identity.
   */
  readonly time?: string;
  /** In the log, of the agency's own items alone; decimal digits. Its receipts gave the same. */
  readonly position?: string;
  /** `id@version#flow` of the clause that permits it, or `own`. */
  readonly protocol?: string;
  readonly purpose?: string;
  /** Lawful basis, as `6(1)(e), 9(2)(a)`, or `own`. */
  readonly basis?: string;
  /** How much of it the clause lets through: `full`, `summary` or `existence`. */
  readonly level?: string;
  readonly category?: string;
  /** Where it is no longer the current one. */
  readonly status?: string;
  /** False where whoever contributed it does not stand with the learner: nobody has confirmed it yet. */
  readonly confirmed?: boolean;
  readonly disputed?: boolean;
  /** `urn:concordat:agency:<slug>` of whoever contributed it, where that may be known. */
  readonly contributor?: string;
  readonly data: Data;
  readonly [extension: string]: unknown;
}

/** Data of a notice: what was received is to be dealt with, as the reason asks, and that is to be acknowledged. */
export interface NoticeData {
  /** To be named in `notice.acknowledged`. */
  readonly noticeId: string;
  /**
   * A consent was withdrawn; a restriction requested; an objection upheld; what was shown was set right, or taken back, by its source; the
   * learner was erased.
   */
  readonly reason: 'withdrawal' | 'restriction' | 'objection' | 'rectification' | 'retraction' | 'erasure';
  /** Of a withdrawal: the consent, as the agency that recorded it named it. */
  readonly consentId?: string;
  /** Keys on this feed of what was shown. */
  readonly items: readonly string[];
  /** The last day, in London, to answer. */
  readonly due: string;
  /** The clause that says so, as `protocol@version#duty`. */
  readonly duty?: string;
}

/** Data of `uk.concordat.duty.overdue.v1`: what this agency had to do and has not. A tombstone says that it is done, or void. */
export interface OverdueDutyData {
  /** As `GET /v1/duties` has it. */
  readonly dutyId: string;
  /** Id of the duty in its protocol, and what it says. */
  readonly duty: string;
  readonly says: string;
  /** Agency that runs the programme that it is about, and its id for it. */
  readonly of?: string;
  readonly programmeId?: string;
  /** What it is about: a programme, review, referral, endorsement, assessment, placement, release or adviser, its id, and whose it is. */
  readonly about: { readonly kind: string; readonly id?: string; readonly of?: string };
  /** The day from which time ran, and the last in time, in London. */
  readonly since: string;
  readonly due: string;
  /** It is this agency's because its link adviser stands in. */
  readonly byFallback: boolean;
}

/** One record of the feed's topic. */
export interface FeedRecord {
  readonly key: string;
  /** JWE compact; null is a tombstone. */
  readonly value: string | null;
}

/** What a record of the feed comes to. */
export type FeedChange =
  /** An item that is new, or in place of what bore the same key. */
  | { readonly kind: 'item'; readonly key: string; readonly item: FeedItem }
  | { readonly kind: 'notice'; readonly key: string; readonly item: FeedItem<NoticeData> }
  | { readonly kind: 'duty'; readonly key: string; readonly item: FeedItem<OverdueDutyData> }
  /** A tombstone: it may no longer be known, or no longer asks for anything. Delete it wherever it was copied to. */
  | { readonly kind: 'removed'; readonly key: string }
  /** A feed key that items may now be read with. */
  | { readonly kind: 'key'; readonly key: string; readonly epoch: string }
  /** Cannot be read as yet: the key named `kid` has not come, or is not among the private keys at hand. It is kept as it came. */
  | { readonly kind: 'held'; readonly key: string; readonly kid: string }
  /** Not by the broker, or damaged: passed over. */
  | { readonly kind: 'unreadable'; readonly key: string; readonly says: string };

export const FEED_KEY_PREFIX = 'feed-key:';
export const NOTICE_PREFIX = 'notice:';
export const DUTY_PREFIX = 'duty:';
export const FEED_KEY_TYPE = 'concordat-feed-key+jws';

export const isAnnouncement = (key: string): boolean => key.startsWith(FEED_KEY_PREFIX);
