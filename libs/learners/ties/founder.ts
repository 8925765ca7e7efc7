// The founder (sharing-matrix.md, W1): whose registration made the learner stands until its last relationship
// is long over and another stands.
import { addDays, type AgencySlug, type Instant, londonDayStart } from '#kernel';
import { NONE } from './effects.ts';
import type { StandingView } from './standing-view.ts';
import { type Assignment, enrolledUntil, GRACE_DAYS } from './ties.ts';
import { lapsesAt, makesReferrer } from './vouching.ts';

const GRACE = GRACE_DAYS * 86_400_000;
const GOES_ON = Infinity;

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
    ...ties.enrolments.filter(({ source }) => source === founder).map((one) => londonDayStart(addDays(enrolledUntil(one), 1)) - 1),
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
];

const anotherStands = (standing: StandingView, founder: AgencySlug): boolean =>
  parties(standing).some((one) => !standing.same(one, founder) && standing.levelOf(one) !== NONE);

export const founderStands = (standing: StandingView, agency: AgencySlug): boolean => {
  if (standing.state.founder !== agency) return false;
  const ended = endings(standing, agency);
  return ended.length === 0 || standing.now <= Math.max(...ended) + GRACE || !anotherStands(standing, agency);
};
