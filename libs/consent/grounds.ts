// What the rules of consent ask of the learner's standings (sharing-matrix.md, W5).
import type { AgencySlug } from '#kernel';
import type { Said } from './consent.ts';

/** How the learner's standings look from here. */
export interface Grounds {
  /** Whether it has effect on residence, consent and rights. */
  readonly counts: (said: Said) => boolean;
  /** Of one legal entity. */
  readonly same: (a: AgencySlug, b: AgencySlug) => boolean;
  /** Whether the agency stands by a relationship of the table, and not as the founder alone. */
  readonly isTied: (agency: AgencySlug) => boolean;
  /** Other agencies of its legal entity. */
  readonly kinOf: (agency: AgencySlug) => readonly AgencySlug[];
  readonly rolesOf: (agency: AgencySlug) => readonly string[];
}
