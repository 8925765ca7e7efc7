// On which ground an agency makes one of its staff the learner's adviser (sharing-matrix.md, W3, adviser-for).
// The ground is asked for once.
import type { AgencySlug } from '#kernel';
import { linkAdviserOf } from './circumstances.ts';
import { NONE } from './effects.ts';
import type { StandingView } from './standing-view.ts';
import { type Assignment, enrolledUntil, type Said } from './ties.ts';
import { isConfirmed, isReferredTo } from './vouching.ts';

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
