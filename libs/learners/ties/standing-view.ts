// A learner's standings as the single rules look at them: what was said, and what is worked out of it so far.
import type { AgencySlug, Instant, IsoDate, Revision } from '#kernel';
import type { Statement, Statements } from '../statements.ts';
import type { Circumstances } from './circumstances.ts';
import type { Effects, StandingLevel } from './effects.ts';
import type { Residence } from './residence.ts';
import type { Said, Ties } from './ties.ts';

/** What standing is judged on. */
export interface StandingState {
  readonly ties: Ties;
  readonly effects: Effects;
  readonly statements: Statements;
  /** Whose registration made the learner. */
  readonly founder: AgencySlug | undefined;
  /** Agencies that a live consent names by slug, with who recorded it; asked only where it matters. */
  readonly namedInConsents: (standing: StandingView) => readonly { readonly agency: AgencySlug; readonly said: Said }[];
}

export interface StandingView {
  readonly state: StandingState;
  readonly circumstances: Circumstances;
  readonly now: Instant;
  readonly today: IsoDate;
  readonly statements: readonly Statement[];
  readonly residence: Residence;
  /** Whether what was said has effect on anybody else: at level `FULL` for residence, consent, rights and vouching, else for all other. */
  counts(said: Said, level?: StandingLevel): boolean;
  /** Whether an adviser assignment had a ground once. */
  isGrounded(assignment: { readonly grounded: boolean; readonly revision: Revision }): boolean;
  /** Of one legal entity. */
  same(a: AgencySlug, b: AgencySlug): boolean;
  isResident(agency: AgencySlug): boolean;
  /** Providers where the learner is enrolled, counted or not, or walked in, whose link adviser is the agency's. */
  linkedProviders(agency: AgencySlug): readonly AgencySlug[];
  /** How far the agency stands now (W1). */
  levelOf(agency: AgencySlug): StandingLevel;
}
