// Which relationships somebody else vouched for (sharing-matrix.md, W3 and W6): each table row one rule.
import { addDays, type AgencySlug, DATA_MANAGER, type Instant, type IsoDate, londonDayStart } from '#kernel';
import { FULL, NONE, type StandingView } from './effects.ts';
import { type Assignment, type Confirmation, deliveredUntil, enrolledUntil, type Enrolment, GRACE_DAYS, type Referral } from './ties.ts';

const GRACE = GRACE_DAYS * 86_400_000;

/** This tie for as long as it lasts, or whatever tie for 180 days. */
const confirms = ({ now }: StandingView, { relationship: named, at }: Confirmation, relationship: string | undefined): boolean =>
  named === undefined ? now <= at + GRACE : named === relationship;

/** Somebody who stands, of another legal entity, confirmed the tie. */
export const isConfirmed = (standing: StandingView, agency: AgencySlug, relationship: string | undefined): boolean =>
  standing.state.ties.confirmations.some(
    (one) =>
      one.agency === agency && !standing.same(one.source, agency) && confirms(standing, one, relationship) && standing.counts(one, FULL),
  );

/**
 * That the learner lives in an agency's area the learner confirms, or the data manager (W4):
 * other agencies say so by a postcode of their own.
 */
export const isResidenceConfirmed = (standing: StandingView, agency: AgencySlug): boolean =>
  standing.state.ties.confirmations.some(
    (one) => one.agency === agency && (one.byLearner || one.source === DATA_MANAGER) && confirms(standing, one, 'resident-area'),
  );

/** Until when it waits for an answer. */
export const lapsesAt = ({ at }: Referral): Instant => at + GRACE;

export const isClosed = ({ answer, withdrawn }: Referral): boolean => answer?.accepted === false || withdrawn !== undefined;

/** Ended by an answer that has effect: a stranger's declines nothing. */
export const isEnded = (standing: StandingView, referral: Referral): boolean =>
  isClosed(referral) ||
  standing.now > lapsesAt(referral) ||
  standing.state.ties.enrolments.some(({ source, revision }) => source === referral.to && revision > referral.revision);

const namesFromElsewhere = (standing: StandingView, { to, source }: Referral, agency: AgencySlug): boolean =>
  to === agency && !standing.same(source, agency);

export const isReferredTo = (standing: StandingView, agency: AgencySlug): boolean =>
  standing.state.ties.referrals.some(
    (one) =>
      one.to === agency &&
      !isEnded(standing, one) &&
      ((namesFromElsewhere(standing, one, agency) && standing.counts(one)) || isConfirmed(standing, agency, 'referred-to')),
  );

/** The agency named accepted it, or started a programme after it. */
export const makesReferrer = (standing: StandingView, referral: Referral): boolean => {
  const { answer, to, source, revision } = referral;
  if (standing.same(to, source) || isClosed(referral)) return false;
  if (answer?.accepted === true && standing.counts(answer)) return true;
  return (
    standing.counts(referral) &&
    standing.state.ties.enrolments.some((one) => one.source === to && one.revision > revision && standing.counts(one))
  );
};

const isVouchedByReferral = (standing: StandingView, { source, at }: Enrolment): boolean =>
  standing.state.ties.referrals.some(
    (one) => namesFromElsewhere(standing, one, source) && !isClosed(one) && at <= lapsesAt(one) && standing.counts(one),
  );

const isPlaced = (standing: StandingView, { source }: Enrolment): boolean =>
  standing.state.ties.choices.some(
    (one) => one.placed && one.agency === source && !standing.same(one.source, source) && standing.counts(one),
  );

const isSignedOff = (standing: StandingView, { source, vouchers }: Enrolment): boolean =>
  vouchers.some((one) => !standing.same(one.source, source) && standing.counts(one));

/** Somebody else, who stands, said in one of the ways of W3 that the learner is on the programme. */
const isVouchedFor = (standing: StandingView, enrolment: Enrolment): boolean =>
  isVouchedByReferral(standing, enrolment) || isSignedOff(standing, enrolment) || isPlaced(standing, enrolment);

const currentWith = (standing: StandingView, agency: AgencySlug): readonly Enrolment[] =>
  standing.state.ties.enrolments.filter((one) => one.source === agency && standing.today <= enrolledUntil(one));

const isEnrolledBySource = (standing: StandingView, agency: AgencySlug): boolean => {
  const enrolments = currentWith(standing, agency);
  return enrolments.length > 0 && (isConfirmed(standing, agency, 'enrolled-with') || enrolments.some((one) => isVouchedFor(standing, one)));
};

/** Named by a provider whose own enrolment counts, as long as that programme runs: the provider vouches, and somebody else for it. */
const isDelivering = (standing: StandingView, agency: AgencySlug): boolean =>
  standing.state.ties.enrolments.some(
    (one) =>
      one.deliveredAt === agency &&
      standing.today <= deliveredUntil(one) &&
      (isVouchedFor(standing, one) || isConfirmed(standing, one.source, 'enrolled-with')),
  );

export const isEnrolled = (standing: StandingView, agency: AgencySlug): boolean =>
  isEnrolledBySource(standing, agency) || isDelivering(standing, agency);

const isNamedInConsent = (standing: StandingView, agency: AgencySlug): boolean =>
  standing.state
    .namedInConsents(standing)
    .some((one) => one.agency === agency && !standing.same(one.said.source, agency) && standing.counts(one.said, FULL));

/** A school or college whose course goes on; it may be the founder, for a school registers its pupils first. */
export const isHomeInstitution = (standing: StandingView, agency: AgencySlug): boolean => {
  const courses = currentWith(standing, agency).filter(({ course, endedOn }) => course && endedOn === undefined);
  if (courses.length === 0) return false;
  return (
    standing.state.founder === agency ||
    isConfirmed(standing, agency, 'home-institution') ||
    courses.some((one) => isVouchedFor(standing, one)) ||
    isNamedInConsent(standing, agency)
  );
};

/** Another agency that stands submitted an application that names it, or somebody confirmed that the learner applied there. */
export const isAppliedTo = (standing: StandingView, agency: AgencySlug): boolean =>
  standing.state.ties.choices.some(
    (one) =>
      one.agency === agency &&
      ((!standing.same(one.source, agency) && standing.counts(one)) || isConfirmed(standing, agency, 'applied-to')),
  );

// The founder (sharing-matrix.md, W1): whose registration made the learner stands until its last relationship
// is long over and another stands.

const GOES_ON = Infinity;

const dayEnd = (day: IsoDate): Instant => londonDayStart(addDays(day, 1)) - 1;

const ofReferrals = (standing: StandingView, founder: AgencySlug): readonly Instant[] =>
  standing.state.ties.referrals.flatMap((one) => {
    if (one.source === founder && makesReferrer(standing, one)) return [GOES_ON];
    return one.to === founder ? [one.answer?.at ?? one.withdrawn?.at ?? lapsesAt(one)] : [];
  });

const endOf = (assignment: Assignment, all: readonly Assignment[]): Instant => {
  const next = all.find((one) => one.role === assignment.role && one.revision > assignment.revision && one.role !== 'dedicated-adviser');
  return Math.min(assignment.endedAt ?? GOES_ON, next?.at ?? GOES_ON);
};

/** When each relationship of the founder, beyond having registered the learner, ended or will end by time alone. */
const endings = (standing: StandingView, founder: AgencySlug): readonly Instant[] => {
  const { ties } = standing.state;
  const assigned = ties.assignments.filter((one) => standing.isGrounded(one));
  const moved = standing.residence.left.get(founder);
  return [
    ...ofReferrals(standing, founder),
    ...ties.enrolments.filter(({ source }) => source === founder).map((one) => dayEnd(enrolledUntil(one))),
    ...ties.enrolments.filter(({ deliveredAt }) => deliveredAt === founder).map((one) => dayEnd(deliveredUntil(one))),
    ...assigned.filter(({ source }) => source === founder).map((one) => endOf(one, assigned)),
    ...ties.choices.filter(({ agency }) => agency === founder).map(() => GOES_ON),
    ...(moved === undefined ? [] : [moved]),
    ...(standing.isResident(founder) ? [GOES_ON] : []),
  ];
};

/** All who may stand, also without a word of their own. */
const parties = ({ state: { ties, effects }, residence }: StandingView): readonly AgencySlug[] => [
  ...effects.agencies,
  ...residence.agencies,
  ...ties.referrals.map(({ to }) => to),
  ...ties.confirmations.map(({ agency }) => agency),
  ...ties.enrolments.flatMap(({ deliveredAt }) => deliveredAt ?? []),
];

const anotherStands = (standing: StandingView, founder: AgencySlug): boolean =>
  parties(standing).some((one) => !standing.same(one, founder) && standing.levelOf(one) !== NONE);

export const founderStands = (standing: StandingView, agency: AgencySlug): boolean => {
  if (standing.state.founder !== agency) return false;
  const ended = endings(standing, agency);
  return ended.length === 0 || standing.now <= Math.max(...ended) + GRACE || !anotherStands(standing, agency);
};
