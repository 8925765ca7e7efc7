// What agencies tell the broker about a learner, as the pure features see it.
import type { CatalogueData, Role, ShortType } from '#catalogue';
import type { AgencySlug, Instant, Revision } from '#kernel';

/** One catalogued event about a learner, about to be judged: its form is right and its source may contribute its type. */
export interface Contribution<Type extends ShortType = ShortType> {
  readonly type: Type;
  readonly data: CatalogueData[Type];
  readonly source: AgencySlug;
  /** The source's roles when the broker took it. */
  readonly sourceRoles: readonly Role[];
  /** The event's `time`. */
  readonly at: Instant;
  /** As sent: `uln:…` or `local:…`, the source's own id. */
  readonly subject?: string;
}

/**
 * What the broker noted when it accepted a contribution. It is sealed with the event and comes back with it,
 * so that folding the stream needs no judgement.
 */
export interface Notes {
  /** Whose thing the data name, where the source has none of that id itself: ids are each agency's own. */
  readonly of?: AgencySlug;
  /** The assessment beside which this one stands apart: its sender may not know of that one (invariant 4). */
  readonly apartFrom?: { readonly source: AgencySlug; readonly assessmentId: string };
  /**
   * What its source lacked just before (W1): standing, so that it has no effect on anybody else yet; or, where the learner only applied
   * there, standing to speak of residence, consent and rights. Absent: it stood.
   */
  readonly lacks?: 'standing' | 'rights';
  /** Revision of the sender's own event that it retracts, or withholds from the learner. */
  readonly names?: Revision;
  /** Of the registration that makes a learner: the random name under which identifiers that lead to the learner are sealed (ADR 20). */
  readonly alias?: string;
  /** What took effect with it or since the event before it (W2). */
  readonly effects?: TakenEffect;
}

/** An effect once had stays, so it is noted with the event that finds it: whatever the register or the day says later. */
export interface TakenEffect {
  /** Agencies that came to stand: all that they said so far has effect. */
  readonly full?: readonly AgencySlug[];
  /** Those to which the learner applied: the same, but for residence, consent and rights. */
  readonly partial?: readonly AgencySlug[];
  /** Revisions of adviser assignments for which there was a ground (W3: the ground is asked for once). */
  readonly advisers?: readonly Revision[];
}

/** A contribution in the learner's stream. */
export interface Recorded<Type extends ShortType = ShortType> extends Contribution<Type> {
  readonly revision: Revision;
  readonly notes?: Notes;
  /** When it happened, as its source says: `at` is never later than the broker took it. Absent: `at`. */
  readonly time?: Instant;
  /** When the broker took it. Absent: `at`. */
  readonly taken?: Instant;
}
