// Which relationships somebody else vouched for (sharing-matrix.md, W3 and W6): each table row one rule.
import type { AgencySlug, Instant } from '#kernel';
import type { Standing } from './standing.ts';
import { FULL } from './effects.ts';
import { enrolledUntil, type Enrolment, GRACE_DAYS, type Referral } from './ties.ts';

const GRACE = GRACE_DAYS * 86_400_000;

/** Somebody who stands, of another legal entity, confirmed the tie: this one for as long as it lasts, or whatever tie for 180 days. */
export const isConfirmed = (standing: Standing, agency: AgencySlug, relationship: string | undefined): boolean =>
  standing.told.ties.confirmations.some(
    (one) =>
      one.agency === agency &&
      !standing.same(one.source, agency) &&
      (one.relationship === undefined ? standing.now <= one.at + GRACE : one.relationship === relationship) &&
      standing.counts(one, FULL),
  );

/** That the learner lives in an agency's area, its neighbours cannot confirm: the learner or the data manager says so (W4). For good, as a move is. */
export const isResidenceConfirmed = ({ told }: Standing, agency: AgencySlug): boolean =>
  told.ties.confirmations.some((one) => one.byLearner && one.agency === agency && one.relationship === 'resident-area');

/** Until when it waits for an answer. */
export const lapsesAt = ({ at }: Referral): Instant => at + GRACE;

export const isClosed = ({ answer, withdrawn }: Referral): boolean => answer?.accepted === false || withdrawn !== undefined;

/** Ended by an answer that has effect: a stranger's declines nothing. */
const isEnded = (standing: Standing, referral: Referral): boolean =>
  isClosed(referral) || standing.now > lapsesAt(referral) || standing.told.ties.enrolments.some(({ source, revision }) => source === referral.to && revision > referral.revision);

const namesFromElsewhere = (standing: Standing, { to, source }: Referral, agency: AgencySlug): boolean => to === agency && !standing.same(source, agency);

export const isReferredTo = (standing: Standing, agency: AgencySlug): boolean =>
  standing.told.ties.referrals.some(
    (one) =>
      one.to === agency &&
      !isEnded(standing, one) &&
      ((namesFromElsewhere(standing, one, agency) && standing.counts(one)) || isConfirmed(standing, agency, 'referred-to')),
  );

/** The agency named accepted it, or started a programme after it. */
export const makesReferrer = (standing: Standing, referral: Referral): boolean => {
  const { answer, to, source, revision } = referral;
  if (standing.same(to, source) || isClosed(referral)) return false;
  if (answer?.accepted === true && standing.counts(answer)) return true;
  return standing.counts(referral) && standing.told.ties.enrolments.some((one) => one.source === to && one.revision > revision && standing.counts(one));
};

const isVouchedByReferral = (standing: Standing, { source, at }: Enrolment): boolean =>
  standing.told.ties.referrals.some((one) => namesFromElsewhere(standing, one, source) && !isClosed(one) && at <= lapsesAt(one) && standing.counts(one));

const isPlaced = (standing: Standing, { source }: Enrolment): boolean =>
  standing.told.ties.choices.some((one) => one.placed && one.agency === source && !standing.same(one.source, source) && standing.counts(one));

const isSignedOff = (standing: Standing, { source, vouchers }: Enrolment): boolean =>
  vouchers.some((one) => !standing.same(one.source, source) && standing.counts(one));

/** Somebody else, who stands, said in one of the ways of W3 that the learner is on the programme. */
export const isVouchedFor = (standing: Standing, enrolment: Enrolment): boolean =>
  isVouchedByReferral(standing, enrolment) || isSignedOff(standing, enrolment) || isPlaced(standing, enrolment);

const currentWith = (standing: Standing, agency: AgencySlug): readonly Enrolment[] =>
  standing.told.ties.enrolments.filter((one) => one.source === agency && standing.today <= enrolledUntil(one));

export const isEnrolled = (standing: Standing, agency: AgencySlug): boolean => {
  const enrolments = currentWith(standing, agency);
  return enrolments.length > 0 && (isConfirmed(standing, agency, 'enrolled-with') || enrolments.some((one) => isVouchedFor(standing, one)));
};

const isNamedInConsent = (standing: Standing, agency: AgencySlug): boolean =>
  standing.told.namedInConsents(standing).some((one) => one.agency === agency && !standing.same(one.said.source, agency) && standing.counts(one.said, FULL));

/** A school or college whose course goes on; it may be the founder, for a school registers its pupils first. */
export const isHomeInstitution = (standing: Standing, agency: AgencySlug): boolean => {
  const courses = currentWith(standing, agency).filter(({ course, endedOn }) => course && endedOn === undefined);
  if (courses.length === 0) return false;
  return (
    standing.told.founder === agency ||
    isConfirmed(standing, agency, 'home-institution') ||
    courses.some((one) => isVouchedFor(standing, one)) ||
    isNamedInConsent(standing, agency)
  );
};
