// The port to what carries the feeds.
import type { AgencySlug } from '#kernel';
import type { FeedRecord } from './feed-form.ts';

export interface FeedDelivery {
  readonly recipient: AgencySlug;
  /** In this order on the recipient's feed. */
  readonly records: readonly FeedRecord[];
}

export interface FeedTransport {
  /**
   * One attempt, over within seconds, and no hidden one after it: resolves when every record is on its feed for good,
   * rejects with `FeedTransportError` when it is not known of all of them. Some may have arrived then; none arrives later.
   */
  send(batch: readonly FeedDelivery[]): Promise<void>;
  /** Keys on the recipient's feed whose last record is no tombstone. Rejects with `FeedTransportError`. */
  keys(recipient: AgencySlug): Promise<readonly string[]>;
  /**
   * Which feeds these recipients' are, of those that are there: another id where one was deleted and made anew.
   * Rejects with `FeedTransportError`.
   */
  ids(recipients: readonly AgencySlug[]): Promise<ReadonlyMap<AgencySlug, string>>;
  close(): Promise<void>;
}

/**
 * `unreachable`: what carries the feeds does not answer; `unknown-feed`: there is no feed of that recipient;
 * `refused`: it does not take what was sent, now or ever; `closed`: this end was closed.
 */
export type FeedTransportErrorCode = 'unreachable' | 'unknown-feed' | 'refused' | 'closed';

export class FeedTransportError extends Error {
  override readonly name = 'FeedTransportError';
  readonly code: FeedTransportErrorCode;
  /** Of `unknown-feed` and `refused`, as far as it is told: whose feeds they are; the others of the batch may be sent without them. */
  readonly recipients: readonly AgencySlug[];

  constructor(code: FeedTransportErrorCode, message: string, recipients: readonly AgencySlug[] = []) {
    super(message);
    this.code = code;
    this.recipients = recipients;
  }
}
