// What an agency would be to the learner if somebody vouched for it (sharing-matrix.md, W3, W6): for the list of ties that wait.
import type { AgencySlug } from '#kernel';
import type { RelationshipName } from '#sharing-protocols';
import { FULL, NONE, type StandingView, waitingIn } from './effects.ts';
import { enrolledUntil } from './ties.ts';
import { isAppliedTo, isEnded, isEnrolled, isHomeInstitution, isReferredTo } from './vouching.ts';

type Waits = (standing: StandingView, agency: AgencySlug) => boolean;

const isCourse: Waits = ({ state, today }, agency) =>
  state.ties.enrolments.some((one) => one.source === agency && one.course && one.endedOn === undefined && today <= enrolledUntil(one));

const runsProgramme: Waits = ({ state, today }, agency) =>
  state.ties.enrolments.some((one) => one.source === agency && today <= enrolledUntil(one));

/** By itself, or by somebody whose referral has no effect. */
const isReferred: Waits = (standing, agency) => standing.state.ties.referrals.some((one) => one.to === agency && !isEnded(standing, one));

const isChosen: Waits = ({ state }, agency) => state.ties.choices.some((one) => one.agency === agency);

const appointed: Waits = (standing, agency) =>
  standing.state.ties.assignments.some((one) => one.source === agency && one.endedAt === undefined && !standing.isGrounded(one));

/** The learner lives with it by its own word alone, whether that word has effect otherwise or not. */
const claimsResidence: Waits = (standing, agency) => {
  const { statements, circumstances, residence } = standing;
  const last = statements.findLast((one) => one.source === agency && one.postcode !== '');
  if (last === undefined || residence.agencies.has(agency)) return false;
  return residence.unconfirmed.has(agency) || (!standing.counts(last, FULL) && circumstances.areas.covers(last.postcode).has(agency));
};

const RULES: readonly (readonly [RelationshipName, Waits])[] = [
  ['referred-to', (standing, agency) => isReferred(standing, agency) && !isReferredTo(standing, agency)],
  ['enrolled-with', (standing, agency) => runsProgramme(standing, agency) && !isEnrolled(standing, agency)],
  ['home-institution', (standing, agency) => isCourse(standing, agency) && !isHomeInstitution(standing, agency)],
  ['adviser-for', appointed],
  ['applied-to', (standing, agency) => isChosen(standing, agency) && !isAppliedTo(standing, agency)],
  ['resident-area', claimsResidence],
];

/** It does not stand, and said something that has no effect yet: one whose time is over and who says no more waits for nothing. */
const isUnheard: Waits = (standing, agency) => standing.levelOf(agency) === NONE && waitingIn(standing.state.effects).includes(agency);

/** None: nothing waits. `known-to` alone: it registered the learner, and is not heard. */
export const waitingTies = (standing: StandingView, agency: AgencySlug, isKnown: boolean): readonly RelationshipName[] => {
  const waiting = RULES.flatMap(([name, waits]) => (waits(standing, agency) ? [name] : []));
  if (waiting.length > 0) return waiting;
  return isKnown && isUnheard(standing, agency) ? ['known-to'] : [];
};
