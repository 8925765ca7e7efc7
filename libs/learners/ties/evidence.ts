// On which recorded events a relationship of an agency rests (sharing-matrix.md, W3): what names the agency in that way, and whoever
// vouched for it. It is worked out for whoever asks why something was shown; nothing is decided by it.
import type { AgencySlug } from '#kernel';
import type { RelationshipName } from '#sharing-protocols';
import { FULL, type StandingView } from './effects.ts';
import { deliveredUntil, enrolledUntil, type Enrolment, type Said } from './ties.ts';
import { isEnded } from './vouching.ts';

type Evidence = (standing: StandingView, agency: AgencySlug) => readonly Said[];

/** Of what others said only what has effect; what an agency says of its own is what they vouch for. */
const counting = (standing: StandingView, agency: AgencySlug, said: readonly Said[]): readonly Said[] =>
  said.filter((one) => standing.same(one.source, agency) || standing.counts(one));

const referralsTo: Evidence = (standing, agency) => standing.state.ties.referrals.filter(({ to }) => to === agency);

const openReferralsTo: Evidence = (standing, agency) =>
  standing.state.ties.referrals.filter((one) => one.to === agency && !isEnded(standing, one));

/** With what the agency referred to said and did. */
const referralsBy: Evidence = (standing, agency) => {
  const { referrals, enrolments } = standing.state.ties;
  return referrals
    .filter(({ source }) => source === agency)
    .flatMap((one) => [
      one,
      ...(one.answer === undefined ? [] : [one.answer]),
      ...enrolments.filter(({ source, revision }) => source === one.to && revision > one.revision),
    ]);
};

const vouchedFor = (standing: StandingView, enrolments: readonly Enrolment[]): readonly Said[] =>
  enrolments.flatMap((one) => [
    one,
    ...one.vouchers,
    ...referralsTo(standing, one.source),
    ...standing.state.ties.choices.filter(({ placed, agency }) => placed && agency === one.source),
  ]);

const enrolments: Evidence = (standing, agency) => {
  const { today, state } = standing;
  const own = state.ties.enrolments.filter((one) => one.source === agency && today <= enrolledUntil(one));
  const delivered = state.ties.enrolments.filter((one) => one.deliveredAt === agency && today <= deliveredUntil(one));
  return vouchedFor(standing, [...own, ...delivered]);
};

const courses: Evidence = (standing, agency) => {
  const current = standing.state.ties.enrolments.filter(
    ({ source, course, endedOn }) => source === agency && course && endedOn === undefined,
  );
  const named = standing.state.namedInConsents(standing).filter((one) => one.agency === agency);
  return [...vouchedFor(standing, current), ...named.map(({ said }) => said)];
};

const assignments: Evidence = (standing, agency) => {
  const { ties } = standing.state;
  const own = ties.assignments.filter((one) => one.source === agency && one.endedAt === undefined && standing.isGrounded(one));
  return [...own, ...openReferralsTo(standing, agency)];
};

const linkedEnrolments: Evidence = (standing, agency) => {
  const providers = standing.linkedProviders(agency);
  const { ties } = standing.state;
  const walkedIn = ties.referrals.filter(({ source, to }) => source === to && providers.includes(source));
  return [...ties.enrolments.filter(({ source }) => providers.includes(source)), ...walkedIn];
};

const choices: Evidence = (standing, agency) => standing.state.ties.choices.filter((one) => one.agency === agency);

const residences: Evidence = (standing, agency) =>
  standing.statements.filter(
    (one) => one.postcode !== '' && standing.counts(one, FULL) && standing.circumstances.areas.covers(one.postcode).has(agency),
  );

const ownStatements: Evidence = (standing, agency) => standing.statements.filter(({ source }) => source === agency);

const EVIDENCE: Readonly<Partial<Record<RelationshipName, Evidence>>> = {
  'referred-to': openReferralsTo,
  'referrer-of': referralsBy,
  'made-referral': referralsBy,
  'enrolled-with': enrolments,
  'home-institution': courses,
  'adviser-for': assignments,
  'link-for-provider': linkedEnrolments,
  'link-for-standing-provider': linkedEnrolments,
  'applied-to': choices,
  'resident-area': residences,
  'known-to': ownStatements,
};

const confirmations = (standing: StandingView, agency: AgencySlug, name: RelationshipName): readonly Said[] =>
  standing.state.ties.confirmations.filter(
    (one) => one.agency === agency && (one.relationship === undefined || one.relationship === name) && standing.counts(one, FULL),
  );

/** In the order of the learner's stream, each once. To be asked of a relationship that the agency has. */
export const evidenceFor = (standing: StandingView, agency: AgencySlug, name: RelationshipName): readonly Said[] => {
  const said = counting(standing, agency, [...(EVIDENCE[name]?.(standing, agency) ?? []), ...confirmations(standing, agency, name)]);
  const byRevision = new Map(said.map(({ source, revision }) => [revision, { source, revision }]));
  return [...byRevision.values()].sort((one, other) => one.revision - other.revision);
};
