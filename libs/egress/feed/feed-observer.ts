// What the feeds tell of themselves, for figures alone: no learner is named.
import type { AgencySlug } from '#kernel';

export interface FeedObserver {
  /** Messages that have arrived; `tombstones` among them. */
  sent(recipient: AgencySlug, messages: number, tombstones: number): void;
  /** An attempt that failed as a whole; `code` as of `FeedTransportError`. */
  failed(code: string): void;
  /** Learners whose feeds could not be decided now, for whatever reason; they are tried again. `error`: its class. */
  putAside(error: string): void;
  /** The recipient's feed was deleted and made anew: all of it is sent again. */
  madeAnew?(recipient: AgencySlug): void;
}

export const NO_OBSERVER: FeedObserver = { sent: () => undefined, failed: () => undefined, putAside: () => undefined };
