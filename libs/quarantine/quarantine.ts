// Whatever is refused is kept here until an operator has looked, within the share of whoever is accountable for it (invariant 1, ADR 0022).
import { setTimeout as delay } from 'node:timers/promises';
import type { AgencySlug, Clock, Instant } from '#kernel';

/** A whole message that could not be attributed to anybody, or one event of a verified message that was rejected. */
export interface Quarantined {
  readonly kind: 'message' | 'event';
  /** Where it came from: `http`, or `kafka`. */
  readonly channel: string;
  /** Why: the stable code that the sender got, such as `schema` or `signature`. */
  readonly code: string;
  /** The same in words, without anything of the content. */
  readonly says: string;
  /** Known for events only: nobody can be held to an unverified message. */
  readonly agency?: AgencySlug;
  /** Of a message: from where it came, such as an address or a topic. Its allowance is taken from that; it is not stored. */
  readonly sender?: string;
  /** Whose erasure takes the content with it: a blind name of the subject, or none. */
  readonly subject?: string;
  readonly receivedAt: Instant;
  /**
   * Where exactly it came from, such as `kafka:<topic>/<partition>/<offset>@<topic id>[/<index>]`: added twice, it is kept once.
   * Absent: kept each time.
   */
  readonly origin?: string;
  /** A message as it came; an event as `encodePayload` of its evidence and bytes. */
  readonly content: Uint8Array;
}

export type QuarantineState = 'waiting' | 'resolved';

export interface QuarantineEntry extends Omit<Quarantined, 'content' | 'sender'> {
  /** Grows with arrival. */
  readonly id: number;
  readonly state: QuarantineState;
  /** What a retry came to, such as `accepted`. */
  readonly outcome?: string;
  /** Of the content as it came. */
  readonly bytes: number;
  /** Present where its sender's allowance was used up: only a digest and the beginning are kept, and it cannot be judged again. */
  readonly cut?: true;
}

/** Which entries; what is absent is not asked for. */
export interface QuarantineSelection {
  readonly state?: QuarantineState;
  readonly agency?: AgencySlug;
  /** Those that nobody can be held to. */
  readonly unattributed?: true;
  readonly ids?: readonly number[];
  /** Received before that instant. */
  readonly before?: Instant;
  /** Ids up to this one. */
  readonly upTo?: number;
}

export interface QuarantineFilter extends QuarantineSelection {
  /** Entries with a greater id. */
  readonly after?: number;
  readonly limit: number;
}

/**
 * `allowance`: not taken in, its sender had sent too much; `share`: the oldest made room; `age`: kept long enough;
 * `discarded`: an operator said so.
 */
export type LetGoReason = 'allowance' | 'share' | 'age' | 'discarded';

/** What is no longer here, by who is accountable; without `agency`: nobody. */
export interface LetGo {
  readonly agency?: AgencySlug;
  readonly why: LetGoReason;
  readonly entries: number;
  readonly bytes: number;
  readonly since: Instant;
  readonly latest: Instant;
}

export interface Amount {
  readonly entries: number;
  /** As they came. */
  readonly bytes: number;
}

/** The beginning of what was cut. */
export interface Head {
  /** SHA-256 of the whole, hex. */
  readonly digest: string;
  readonly bytes: Uint8Array;
}

/** Methods reject with `StorageError`, and with `VaultError` where content cannot be sealed or opened. */
export interface Quarantine {
  /** Resolves once it is on disk, or counted where its sender's allowance is used up. */
  add(item: Quarantined): Promise<void>;
  /** In the order of their ids. */
  list(filter: QuarantineFilter): Promise<readonly QuarantineEntry[]>;
  find(id: number): Promise<QuarantineEntry | undefined>;
  /** The whole content, or undefined where there is no such entry, it was erased, or it is cut. */
  content(id: number): Promise<Uint8Array | undefined>;
  /** Of a cut entry. */
  head(id: number): Promise<Head | undefined>;
  /** A retry that still fails leaves the entry waiting, with the new outcome. */
  settle(id: number, state: QuarantineState, outcome: string): Promise<void>;
  count(state: QuarantineState): Promise<number>;
  /** The greatest id that an entry ever had; 0 where there was none. */
  newest(): Promise<number>;
  amountOf(selection: QuarantineSelection): Promise<Amount>;
  /** Removes entries for good, a few at a time so that others get their turn, and gives their room back. */
  remove(selection: QuarantineSelection, why: LetGoReason): Promise<Amount>;
  /** By agency, what is nobody's first, and by reason. */
  letGo(): Promise<readonly LetGo[]>;
  /** Bytes that it takes where it is kept. */
  size(): Promise<number>;
  /** Resolves where it could be written now. */
  probe(): Promise<void>;
  close(): Promise<void>;
}

// What was kept long enough is let go, now and then, for as long as a broker serves.

export interface RetentionParts {
  readonly quarantine: Pick<Quarantine, 'remove'>;
  readonly clock: Clock;
  readonly days: number;
}

const DAY = 86_400_000;
const HOUR = 3_600_000;

export const sweep = async ({ quarantine, clock, days }: RetentionParts): Promise<Amount> =>
  quarantine.remove({ before: clock.now() - days * DAY }, 'age');

/** At once, then every hour, until the signal aborts. What fails is tried again an hour later. */
export const sweepHourly = async (parts: RetentionParts, signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) {
    await sweep(parts).catch(() => undefined);
    await delay(HOUR, undefined, { signal, ref: false }).catch(() => undefined);
  }
};
