// Whatever is refused is kept here until an operator has looked (invariant 1: the message is kept, never dropped).
import type { AgencySlug, Instant } from '#kernel';

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
  /** Whose erasure takes the content with it: a blind name of the subject, or none. */
  readonly subject?: string;
  readonly receivedAt: Instant;
  /** Where exactly it came from, such as `kafka:<topic>/<partition>/<offset>@<topic id>[/<index>]`: added twice, it is kept once. Absent: kept each time. */
  readonly origin?: string;
  /** A message as it came; an event as `encodePayload` of its evidence and bytes. */
  readonly content: Uint8Array;
}

export type QuarantineState = 'waiting' | 'resolved';

export interface QuarantineEntry extends Omit<Quarantined, 'content'> {
  /** Grows with arrival. */
  readonly id: number;
  readonly state: QuarantineState;
  /** What a retry came to, such as `accepted`. */
  readonly outcome?: string;
  readonly bytes: number;
}

export interface QuarantineFilter {
  readonly state?: QuarantineState;
  readonly agency?: AgencySlug;
  /** Entries with a greater id. */
  readonly after?: number;
  readonly limit: number;
}

export interface Quarantine {
  /** Resolves once it is on disk. */
  add(item: Quarantined): Promise<void>;
  list(filter: QuarantineFilter): readonly QuarantineEntry[];
  find(id: number): QuarantineEntry | undefined;
  /** The content, or undefined where there is no such entry or it was erased. */
  content(id: number): Uint8Array | undefined;
  /** A retry that still fails leaves the entry waiting, with the new outcome. */
  settle(id: number, state: QuarantineState, outcome: string): void;
  count(state: QuarantineState): number;
}
