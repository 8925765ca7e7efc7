// That a learner was erased, in the learner's own stream: whoever holds the file in memory forgets it by
// folding this in (invariant 8; ADR 20).
import type { RecordedEvent } from '#event-store';
import type { LearnerId } from '#kernel';
import { learnerOfStream, readClear } from './stored-events.ts';

/**
 * The keys of a learner's data, of one category or of all, are destroyed; clear payload `Erased`. It is appended once they are, so that
 * whatever they sealed stands before it: until then, a view made anew may lack what the present one took from opened data.
 */
export const ERASED = 'uk.concordat.learner.erased.v1';

/** Of Art 17(1) UK GDPR: no longer necessary, consent withdrawn, objection, unlawful, a legal obligation, an online service for a child. */
export const ERASURE_GROUNDS = ['a', 'b', 'c', 'd', 'e', 'f'] as const;
export type ErasureGround = (typeof ERASURE_GROUNDS)[number];

export interface Erased {
  /** Absent: all categories. */
  readonly category?: string;
  readonly ground?: ErasureGround;
}

export interface Erasure extends Pick<Erased, 'category'> {
  readonly learner: LearnerId;
}

/**
 * The erasure of a learner has begun; empty payload. From here on the file is empty but for the name of the key to its identifiers, so that
 * nothing more is disclosed while recipients are told, and keys destroyed.
 */
export const ERASURE_BEGUN = 'uk.concordat.learner.erasure-begun.v1';

/** What an event of type `ERASED` says; undefined where it stands in no learner's stream. */
export const erasureIn = ({ stream, payload }: Pick<RecordedEvent, 'stream' | 'payload'>): Erasure | undefined => {
  const learner = learnerOfStream(stream);
  const { category } = readClear<Erased>(payload);
  if (learner === undefined) return undefined;
  return category === undefined ? { learner } : { learner, category };
};

export const begunPayload = (): Uint8Array => Buffer.from('{}');

export const erasedPayload = (erased: Erased): Uint8Array => Buffer.from(JSON.stringify(erased));
