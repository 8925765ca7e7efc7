// Who stands with a learner and which relationships count (sharing-matrix.md, W1–W3), worked out from what was said,
// the register and the moment.
import type { AgencySlug, Instant, IsoDate, Revision } from '#kernel';
import { statementsIn, type Statement } from '../statements.ts';
import { isAdviser, isCurrentAdviser } from './relationships.ts';
import { type Circumstances, linkAdviserOf } from './circumstances.ts';
import {
  FULL,
  hasEffect,
  isHeardAsBefore,
  NONE,
  PARTIAL,
  type Residence,
  residenceOf,
  type StandingLevel,
  type StandingState,
  type StandingView,
  waitingIn,
} from './effects.ts';
import {
  founderStands,
  isAppliedTo,
  isConfirmed,
  isEnded,
  isEnrolled,
  isHomeInstitution,
  isReferredTo,
  isResidenceConfirmed,
} from './vouching.ts';
import { type Assignment, enrolledUntil, type Enrolment, type Referral, type Said, type Ties } from './ties.ts';

/** What takes effect now and is not noted yet. */
interface Live {
  readonly full: Set<AgencySlug>;
  readonly partial: Set<AgencySlug>;
  readonly advisers: Set<Revision>;
}

/** What was worked out so far. */
interface Found {
  readonly live: Live;
  readonly levels: Map<AgencySlug, StandingLevel>;
  residence?: Residence;
  statements?: readonly Statement[];
}

/**
 * One learner's standings at one moment. Effects only grow while it is worked out: whoever comes to stand is heard, and that may make
 * others stand. What it finds is not changed by being asked.
 */
export class Standing implements StandingView {
  readonly state: StandingState;
  readonly circumstances: Circumstances;
  readonly #found: Found;

  /** `before`: what was found of the learner at a moment like this one, when less was said that changes nothing of it (`tiesAsBefore`). */
  constructor(state: StandingState, circumstances: Circumstances, before?: Standing) {
    this.state = state;
    this.circumstances = circumstances;
    this.#found =
      before === undefined ? { live: { full: new Set(), partial: new Set(), advisers: new Set() }, levels: new Map() } : before.#found;
    if (before === undefined) this.#settle();
  }

  get now(): Instant {
    return this.circumstances.now;
  }

  get today(): IsoDate {
    return this.circumstances.today;
  }

  get statements(): readonly Statement[] {
    return (this.#found.statements ??= statementsIn(this.state.statements));
  }

  /** Whether what was said has effect on anybody else; for residence, consent, rights and vouching at level `FULL`. */
  counts({ source, revision }: Said, level: StandingLevel = PARTIAL): boolean {
    const { full, partial } = this.#found.live;
    return hasEffect(this.state.effects, source, revision, level) || full.has(source) || (level === PARTIAL && partial.has(source));
  }

  /** Whether an adviser assignment had a ground once. */
  isGrounded({ grounded, revision }: Pick<Assignment, 'grounded' | 'revision'>): boolean {
    return grounded !== undefined || this.#found.live.advisers.has(revision);
  }

  same(a: AgencySlug, b: AgencySlug): boolean {
    return a === b || this.circumstances.areas.sameEntity(a, b);
  }

  get residence(): Residence {
    return (this.#found.residence ??= residenceOf(
      this.statements.filter((one) => one.postcode !== '' && this.#moves(one)),
      { areas: this.circumstances.areas, isConfirmed: (agency) => isResidenceConfirmed(this, agency) },
    ));
  }

  /** A stranger's postcode moves nobody, unless the data manager confirmed that the learner lives there. */
  #moves(statement: Statement): boolean {
    const { source, postcode } = statement;
    return this.counts(statement, FULL) || (isResidenceConfirmed(this, source) && this.circumstances.areas.covers(postcode).has(source));
  }

  isResident(agency: AgencySlug): boolean {
    return this.residence.agencies.has(agency);
  }

  /**
   * Link adviser of a provider where the learner is enrolled, counted or not, or which says that the learner walked in:
   * nobody slips through.
   */
  linkedProviders(agency: AgencySlug): readonly AgencySlug[] {
    const { enrolments, referrals } = this.state.ties;
    const isLinked = ({ source }: Enrolment | Referral): boolean => linkAdviserOf(this.circumstances, source) === agency;
    const enrolled = enrolments.filter((one) => isLinked(one) && this.today <= enrolledUntil(one));
    const walkedIn = referrals.filter((one) => one.source === one.to && isLinked(one) && !isEnded(this, one));
    return [...new Set([...enrolled, ...walkedIn].map(({ source }) => source))];
  }

  /** How far the agency stands now (W1). */
  levelOf(agency: AgencySlug): StandingLevel {
    const known = this.#found.levels.get(agency);
    if (known !== undefined) return known;
    const level = levelNow(this, agency);
    this.#found.levels.set(agency, level);
    return level;
  }

  /** What has come to have effect since the last event, to be noted with the next one. */
  get taken(): { readonly full: readonly AgencySlug[]; readonly partial: readonly AgencySlug[]; readonly advisers: readonly Revision[] } {
    const { full, partial, advisers } = this.#found.live;
    return { full: [...full], partial: [...partial].filter((agency) => !full.has(agency)), advisers: [...advisers] };
  }

  /** Until nobody new is heard. */
  #settle(): void {
    const waiting = waitingIn(this.state.effects);
    const ungrounded = this.state.ties.assignments.filter(({ grounded }) => grounded === undefined);
    if (waiting.length + ungrounded.length === 0) return;
    while (this.#hear(waiting) || this.#ground(ungrounded)) this.#forget();
  }

  #forget(): void {
    this.#found.levels.clear();
    delete this.#found.residence;
  }

  #hear(waiting: readonly AgencySlug[]): boolean {
    let heard = false;
    for (const agency of waiting) {
      const { full, partial } = this.#found.live;
      const level = this.levelOf(agency);
      const into = level === FULL ? full : partial;
      if (level === NONE || full.has(agency) || into.has(agency)) continue;
      into.add(agency);
      heard = true;
    }
    return heard;
  }

  #ground(assignments: Ties['assignments']): boolean {
    const { advisers } = this.#found.live;
    const found = assignments.filter((one) => !advisers.has(one.revision) && one.endedAt === undefined && isAdviser(this, one));
    for (const { revision } of found) advisers.add(revision);
    return found.length > 0;
  }
}

/** Whether all that was said since changes nothing of who stands and what counts of what was said before. */
export const tiesAsBefore = (
  before: Pick<StandingState, 'ties' | 'effects' | 'statements'>,
  now: Pick<StandingState, 'ties' | 'effects' | 'statements'>,
): boolean => before.ties === now.ties && before.statements === now.statements && isHeardAsBefore(before.effects, now.effects);

/** Whether anything said has no effect yet, and may come to have it. */
export const mayTakeEffect = ({ ties, effects }: Pick<StandingState, 'ties' | 'effects'>): boolean =>
  waitingIn(effects).length > 0 || ties.assignments.some(({ grounded }) => grounded === undefined);

type Ground = (standing: StandingView, agency: AgencySlug) => boolean;

/** Any of them makes an agency stand. */
const GROUNDS: readonly Ground[] = [
  (standing, agency) => standing.isResident(agency),
  isReferredTo,
  isEnrolled,
  isHomeInstitution,
  isCurrentAdviser,
  (standing, agency) => isConfirmed(standing, agency, undefined),
  (standing, agency) => isConfirmed(standing, agency, 'known-to') && standing.statements.some(({ source }) => source === agency),
  founderStands,
];

const levelNow = (standing: StandingView, agency: AgencySlug): StandingLevel => {
  if (GROUNDS.some((holds) => holds(standing, agency))) return FULL;
  return isAppliedTo(standing, agency) ? PARTIAL : NONE;
};
