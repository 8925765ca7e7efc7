// The port to the ledger of feeds: what every partner was sent and not told to delete. It is written before anything is sent, so that
// no crash can make the broker forget an item that a partner may hold (ADR 0013).
import type { FeedSketch, Sent, SentFeed } from '#disclosure';
import type { AgencySlug, Instant, LearnerId, Position, Revision } from '#kernel';

/** Of an item, what its key on the feed is made of. */
export interface LedgerItem extends Sent {
  /** Pairwise, as its recipient knows it; `identity` for the merged identity. */
  readonly id: string;
}

/** A learner on one partner's feed. */
export interface LedgerFeed extends SentFeed {
  readonly items: Map<Revision, LedgerItem>;
  readonly notices: Map<string, Sent>;
  readonly duties: Map<string, LedgerItem>;
}

/** By recipient. */
export type LearnerFeeds = Map<AgencySlug, LedgerFeed>;

interface OfFeed {
  readonly learner: LearnerId;
  readonly recipient: AgencySlug;
}

export interface ItemLine extends OfFeed {
  readonly revision: Revision;
  /** In place of what was there; undefined: nothing. */
  readonly item: LedgerItem | undefined;
}

export interface NoticeLine extends OfFeed {
  readonly noticeId: string;
  readonly notice: Sent | undefined;
}

export interface DutyLine extends OfFeed {
  /** As the log names it. */
  readonly name: string;
  readonly duty: LedgerItem | undefined;
}

/** One thing on one partner's feed. */
export type FeedLine = ItemLine | NoticeLine | DutyLine;

export interface LearnerLine {
  readonly learner: LearnerId;
  /** Of the terms under which the learner's feeds were last decided; 0: they are to be decided anew. */
  readonly generation: number;
  /** When they are to be decided anew in any case. */
  readonly due: Instant | undefined;
  /** Of the file as it was decided; undefined: it is not known. */
  readonly sketch?: FeedSketch | undefined;
}

/** A feed key that was announced to its recipient. */
export interface AnnouncedKey {
  readonly recipient: AgencySlug;
  readonly kid: string;
  readonly epoch: string;
  /** Thumbprint of the encryption key to which it was wrapped. */
  readonly wrappedFor: string;
}

export interface FeedKeyName {
  readonly recipient: AgencySlug;
  readonly key: string;
}

/** Terms of sharing, as `Gate.feedTerms` digests them; each new text begins a generation. */
export interface Terms {
  readonly generation: number;
  readonly digest: string;
}

/** What one transaction changes. */
export interface LedgerEntry {
  /** All events of the log up to it are decided, or noted as to be decided. */
  readonly position?: Position;
  readonly terms?: Terms;
  readonly learners?: readonly LearnerLine[];
  readonly feeds?: readonly FeedLine[];
  readonly announced?: readonly AnnouncedKey[];
  readonly revoked?: readonly AnnouncedKey[];
  /** Keys on feeds that are strays no more. */
  readonly found?: readonly FeedKeyName[];
}

/** How far a ledger is. It is given once: the one sender keeps it, with what it writes. */
export interface LedgerReached {
  readonly position: Position;
  readonly terms: Terms;
}

/** Every method rejects with `StorageError` where it cannot be read or written, or was closed. */
export interface FeedLedger {
  /** To be called by whoever takes over: what may have been under way when a sender ended is to be decided anew. */
  recover(): Promise<LedgerReached>;
  /** As they are on the ledger: what is done to them changes nothing there. */
  feedsOf(learner: LearnerId): Promise<LearnerFeeds>;
  /** On disk when it resolves. */
  write(entry: LedgerEntry): Promise<void>;
  /** On disk with the next `write`; until then a power cut, but no crash of this process, can undo it. */
  note(entry: LedgerEntry): Promise<void>;
  /** Learners last decided under an earlier generation. */
  behind(generation: number, limit: number): Promise<readonly LearnerLine[]>;
  dueBy(now: Instant, limit: number): Promise<readonly LearnerId[]>;
  nextDue(): Promise<Instant | undefined>;
  announced(): Promise<readonly AnnouncedKey[]>;
  /** Whether the recipient has anything that it may have to delete. */
  holdsAnything(recipient: AgencySlug): Promise<boolean>;
  /** Partners whose feeds were read for what this ledger does not know. */
  surveyed(): Promise<ReadonlySet<AgencySlug>>;
  /** Notes the keys found on a partner's feed. Those that turn out to be nobody's are strays. */
  survey(recipient: AgencySlug, keys: readonly string[]): Promise<void>;
  strays(limit: number): Promise<readonly FeedKeyName[]>;
  /** Which feed each recipient's is, as far as it was told. */
  feedIds(): Promise<ReadonlyMap<AgencySlug, string>>;
  /**
   * From now on this is the recipient's feed. Where it was another, what is known of that is forgotten,
   * and all learners are to be decided anew.
   */
  identify(recipient: AgencySlug, id: string): Promise<void>;
  /** Forgets everything, as a new ledger. */
  startOver(): Promise<LedgerReached>;
  /** May be called twice. */
  close(): Promise<void>;
}

/** Another process keeps this ledger: feeds have one sender. */
export class FeedLedgerInUse extends Error {
  override readonly name = 'FeedLedgerInUse';
}
