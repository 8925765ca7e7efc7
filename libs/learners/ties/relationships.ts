// Which relationships an agency has with a learner at a moment, as bit sets (sharing-matrix.md, Relationships and W3).
import { addDays, type AgencySlug, type Instant, type IsoDate, londonDate, londonDayStart, type Revision } from '#kernel';
import { relationshipBit, type RelationshipName } from '#sharing-protocols';
import { linkAdviserOf } from './circumstances.ts';
import { NONE, type StandingView } from './effects.ts';
import { type Assignment, deliveredUntil, enrolledUntil, GRACE_DAYS, type Referral, type Said } from './ties.ts';
import { isAppliedTo, isClosed, isConfirmed, isEnrolled, isHomeInstitution, isReferredTo, lapsesAt, makesReferrer } from './vouching.ts';

// On which ground an agency makes one of its staff the learner's adviser (sharing-matrix.md, W3, adviser-for).
// The ground is asked for once.

/** Link adviser of a provider that stands, where the learner is enrolled. */
const isLinkOfStanding = (standing: StandingView, agency: AgencySlug): boolean =>
  standing.state.ties.enrolments.some(
    (one) =>
      standing.today <= enrolledUntil(one) &&
      linkAdviserOf(standing.circumstances, one.source) === agency &&
      standing.levelOf(one.source) !== NONE,
  );

/** What makes somebody else stand, each with who said so. */
const vouchersFor = ({ state: { ties } }: StandingView, agency: AgencySlug): readonly Said[] => [
  ...ties.referrals.filter(({ to }) => to === agency),
  ...ties.choices.filter((one) => one.agency === agency),
  ...ties.enrolments.filter(({ source }) => source === agency).flatMap(({ vouchers }) => vouchers),
  ...ties.confirmations.filter((one) => one.agency === agency),
];

/** It stands, and not by the founder's word alone. */
const standsByItself = (standing: StandingView, agency: AgencySlug, founder: AgencySlug): boolean => {
  if (standing.levelOf(agency) === NONE) return false;
  if (standing.isResident(agency)) return true;
  return vouchersFor(standing, agency).every(({ source }) => !standing.same(source, founder));
};

/** Nobody has contributed but the founder, those that stand by the founder's word, and those that do not stand. */
const isFounderAlone = (standing: StandingView, agency: AgencySlug): boolean => {
  const { founder, effects } = standing.state;
  if (founder === undefined || founder !== agency) return false;
  const others = effects.agencies.filter((one) => !standing.same(one, founder));
  return others.every((one) => !standsByItself(standing, one, founder));
};

type Ground = (standing: StandingView, agency: AgencySlug) => boolean;

const GROUNDS: readonly Ground[] = [
  (standing, agency) => standing.isResident(agency),
  isReferredTo,
  isLinkOfStanding,
  (standing, agency) => isConfirmed(standing, agency, 'adviser-for'),
  isFounderAlone,
];

export const isAdviser = (standing: StandingView, { source }: Assignment): boolean => GROUNDS.some((holds) => holds(standing, source));

/** Of the current personal or link adviser, or of a dedicated one. Whoever was displaced stays so when the next one ends. */
export const isCurrentAdviser = (standing: StandingView, agency: AgencySlug): boolean => {
  const assigned = standing.state.ties.assignments.filter((one) => standing.isGrounded(one));
  const last = (['personal-adviser', 'link-adviser'] as const).map((role) => assigned.findLast((one) => one.role === role));
  const dedicated = assigned.filter(({ role }) => role === 'dedicated-adviser');
  return [...last, ...dedicated].some((one) => one?.source === agency && one.endedAt === undefined);
};

// Whose place as a learner's adviser another agency's has taken (sharing-matrix.md, adviser-for; W2; ADR 74).

export interface DisplacedOn {
  readonly since: IsoDate;
  /** Day on which the last who had the place ended. */
  readonly until?: IsoDate;
}

/** Place in the stream from which on it counts; what was not noted yet does so since the last event. */
const turnOf = ({ grounded }: Assignment): Revision => grounded?.revision ?? Infinity;

const later = (one: IsoDate, other: IsoDate): IsoDate => (one > other ? one : other);

/**
 * By the places of the agency's own assignments that counted before another agency's did that was said later: a word has effect from the
 * day on which it comes to count, and today where that was not noted yet. Of dedicated advisers there may be several.
 */
export const displacedOf = (standing: StandingView, agency: AgencySlug): ReadonlyMap<Revision, DisplacedOn> => {
  const assigned = standing.state.ties.assignments.filter(({ role }) => role !== 'dedicated-adviser');
  const own = assigned.filter((one) => one.source === agency && standing.isGrounded(one));
  return new Map(
    own.flatMap((one) => {
      const after = assigned.filter((next) => next.role === one.role && next.revision > one.revision && standing.isGrounded(next));
      const [next] = after.filter(({ source }) => source !== agency).sort((first, second) => turnOf(first) - turnOf(second));
      if (next === undefined || turnOf(one) >= turnOf(next)) return [];
      const since = later(londonDate(next.at), next.grounded === undefined ? standing.today : londonDate(next.grounded.at));
      const endedAt = after.at(-1)?.endedAt;
      return [[one.revision, { since, ...(endedAt !== undefined && { until: londonDate(endedAt) }) }] as const];
    }),
  );
};

const GRACE = GRACE_DAYS * 86_400_000;

/** What an agency is to a learner. */
export interface Relationships {
  /** Bits of those that count for clauses. */
  readonly counting: number;
  /** Whether it has to do with the learner at all: it may contribute, and read its own. */
  readonly any: boolean;
}

type Holds = (standing: StandingView, agency: AgencySlug) => boolean;

/** Until when the referrer sees what came of it; undefined: as long as the referral is one. */
const answerSeenUntil = ({ answer, withdrawn, ...referral }: Referral): Instant | undefined => {
  if (answer?.accepted === true && withdrawn === undefined) return undefined;
  return Math.min(answer?.at ?? Infinity, withdrawn?.at ?? Infinity, lapsesAt({ answer, withdrawn, ...referral })) + GRACE;
};

const seesAnswer = (standing: StandingView, referral: Referral): boolean =>
  standing.counts(referral) && standing.now <= (answerSeenUntil(referral) ?? Infinity);

const hasReferred: Holds = (standing, agency) =>
  standing.state.ties.referrals.some((one) => one.source === agency && seesAnswer(standing, one));

const isReferrer: Holds = (standing, agency) =>
  standing.state.ties.referrals.some(
    (one) =>
      one.source === agency &&
      (makesReferrer(standing, one) || (!isClosed(one) && !standing.same(one.to, agency) && isConfirmed(standing, agency, 'referrer-of'))),
  );

const isLink: Holds = (standing, agency) => standing.linkedProviders(agency).length > 0;

/** Its adviser sees whether the learner has one where the provider stands, or the register itself ties the two. */
const isLinkOfStandingProvider: Holds = (standing, agency) =>
  standing
    .linkedProviders(agency)
    .some((provider) => standing.levelOf(provider) !== NONE || standing.circumstances.areas.shareDistrict(agency, provider));

const RULES: readonly (readonly [RelationshipName, Holds])[] = [
  ['referred-to', isReferredTo],
  ['referrer-of', isReferrer],
  ['made-referral', hasReferred],
  ['enrolled-with', isEnrolled],
  ['home-institution', isHomeInstitution],
  ['adviser-for', isCurrentAdviser],
  ['link-for-provider', isLink],
  ['link-for-standing-provider', isLinkOfStandingProvider],
  ['applied-to', isAppliedTo],
  ['resident-area', (standing, agency) => standing.isResident(agency)],
];

const BITS = RULES.map(([name, holds]) => [relationshipBit(name), holds] as const);
const KNOWN_TO = relationshipBit('known-to');

/** Those of W3's table by which an agency stands for more than its contributions (W1): by one of them, and not as the founder alone. */
const IN_TABLE = ['referred-to', 'enrolled-with', 'home-institution', 'adviser-for', 'resident-area'] as const;
const TABLE = IN_TABLE.reduce((bits, name) => bits | relationshipBit(name), 0);

/** `isKnown`: the agency registered the learner or linked an id of its own. */
export const relationshipsOf = (standing: StandingView, agency: AgencySlug, isKnown: boolean): Relationships => {
  let counting = isKnown ? KNOWN_TO : 0;
  for (const [bit, holds] of BITS) if (holds(standing, agency)) counting |= bit;
  return { counting, any: counting !== 0 || standing.state.ties.enrolments.some(({ source }) => source === agency) };
};

export const isByTable = ({ counting }: Relationships): boolean => (counting & TABLE) !== 0;

/** By agency: the day of the first referral to it that makes the asker its referrer. */
export const referredBy = (standing: StandingView, agency: AgencySlug): ReadonlyMap<AgencySlug, IsoDate> => {
  const made = standing.state.ties.referrals.filter((one) => one.source === agency && makesReferrer(standing, one));
  return new Map(made.toReversed().map(({ to, at }) => [to, londonDate(at)]));
};

/** Whose referral an answer answers, as long as that agency may see it. */
export const answeredReferrer = (standing: StandingView, answerAt: number): AgencySlug | undefined => {
  const referral = standing.state.ties.referrals.find(({ answer }) => answer?.revision === answerAt);
  return referral && seesAnswer(standing, referral) ? referral.source : undefined;
};

/** The next instant at which somebody's relationship, or a founder's standing, may change by time alone; undefined where none will. */
export const relationshipsChangeAt = ({ state: { ties }, now }: StandingView): Instant | undefined => {
  const ofReferrals = ties.referrals.flatMap((one) => [...(isClosed(one) ? [] : [lapsesAt(one)]), answerSeenUntil(one) ?? 0]);
  const lastDays = ties.enrolments.flatMap((one) => [enrolledUntil(one), ...(one.deliveredAt === undefined ? [] : [deliveredUntil(one)])]);
  const ofEnrolments = lastDays.map((day) => londonDayStart(addDays(day, 1)) - 1);
  const ofVouchers = ties.confirmations.flatMap(({ relationship, at }) => (relationship === undefined ? [at + GRACE] : []));
  const ends = [...ofReferrals, ...ofEnrolments, ...ofVouchers];
  const founders = ends.length === 0 ? [] : ends.map((end) => end + GRACE);
  const ahead = [...ends, ...founders].filter((end) => end >= now);
  return ahead.length === 0 ? undefined : Math.min(...ahead) + 1;
};
