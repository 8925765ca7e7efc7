// What an agency would be to the learner if somebody vouched for it (sharing-matrix.md, W3, W6): for the list of ties that wait.
import type { AgencySlug } from '#kernel';
import type { RelationshipName } from '#sharing-protocols';
import { NONE } from './effects.ts';
import type { StandingView } from './standing-view.ts';
import { enrolledUntil } from './ties.ts';
import { isClosed, isEnrolled, isHomeInstitution, isReferredTo, lapsesAt } from './vouching.ts';

type Waits = (standing: StandingView, agency: AgencySlug) => boolean;

const isCourse: Waits = ({ told, today }, agency) =>
  told.ties.enrolments.some((one) => one.source === agency && one.course && one.endedOn === undefined && today <= enrolledUntil(one));

const runsProgramme: Waits = ({ told, today }, agency) => told.ties.enrolments.some((one) => one.source === agency && today <= enrolledUntil(one));

const refersToItself: Waits = ({ told, now }, agency) =>
  told.ties.referrals.some((one) => one.to === agency && one.source === agency && !isClosed(one) && now <= lapsesAt(one));

const appointed: Waits = (standing, agency) =>
  standing.told.ties.assignments.some((one) => one.source === agency && one.endedAt === undefined && !standing.isGrounded(one));

const RULES: readonly (readonly [RelationshipName, Waits])[] = [
  ['referred-to', (standing, agency) => refersToItself(standing, agency) && !isReferredTo(standing, agency)],
  ['enrolled-with', (standing, agency) => runsProgramme(standing, agency) && !isEnrolled(standing, agency)],
  ['home-institution', (standing, agency) => isCourse(standing, agency) && !isHomeInstitution(standing, agency)],
  ['adviser-for', appointed],
  ['resident-area', (standing, agency) => standing.residence.unconfirmed.has(agency)],
];

/** None: nothing waits. `known-to` alone: it registered the learner, and does not stand. */
export const waitingTies = (standing: StandingView, agency: AgencySlug, isKnown: boolean): readonly RelationshipName[] => {
  const waiting = RULES.flatMap(([name, waits]) => (waits(standing, agency) ? [name] : []));
  if (waiting.length > 0) return waiting;
  return isKnown && standing.levelOf(agency) === NONE ? ['known-to'] : [];
};
