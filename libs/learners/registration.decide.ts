// Registers a learner, or links an agency's own id to one whom others know (contracts.md, Registering; sharing-matrix.md, W7).
import { checkUln } from '#catalogue';
import { type Contribution, type Rejected, rejected } from '#contribution';
import type { LearnerId } from '#kernel';
import { isMeant, isPlainlyAnother, isSecondUln, type LearnerState, statedBy, wasFromTheFirst } from './learner.ts';
import { type Identifiers, INVALID_ULN, linkConflict, type Linking, linksOf, type NotLinked, subjectIdentifiers } from './statements.ts';
import type { StandingView } from './ties/index.ts';

type Registration = Contribution<'learner.registered'>;

/** A learner whom one of the identifiers names. */
export interface Candidate {
  readonly id: LearnerId;
  readonly state: LearnerState;
  readonly standing: StandingView;
}

export interface FoundForRegistration {
  /** Whom the sender linked to the local id. */
  readonly byLocal?: Candidate;
  /** All who were registered with the number, in that order; those whom the sender itself registered first. */
  readonly byUln: readonly Candidate[];
}

const DISAGREE = rejected('schema', 'The subject and data must name the same learner: the same ULN, or the localId of the data.');
const SECOND_ULN = 'You gave the learner of this localId another ULN already. The data manager will look into it; check both identifiers.';
const ANOTHER_PERSON =
  'You registered somebody with another name and birth date under this localId. The data manager will look into it; give every learner a localId of its own.';

/** For the caller to look up before `decideRegistration`. */
export const registrationIdentifiers = ({ data, subject }: Registration): Identifiers & { readonly localId: string } => {
  const uln = data.uln ?? subjectIdentifiers(subject).uln;
  return { localId: data.localId, ...(uln === undefined ? {} : { uln }) };
};

const namesOne = ({ data, subject }: Registration): boolean => {
  const { uln, localId } = subjectIdentifiers(subject);
  return (uln === undefined || (data.uln ?? uln) === uln) && (localId === undefined || localId === data.localId);
};

const faultIn = (contribution: Registration, { uln }: Identifiers): Rejected | undefined => {
  if (!namesOne(contribution)) return DISAGREE;
  return uln === undefined || checkUln(uln) ? undefined : INVALID_ULN;
};

/**
 * The sender's own; else one that was this person when it was registered: somebody made up under the number may be corrected, later, until
 * it agrees, and must not draw to itself what others register.
 */
const theOne = (candidates: readonly Candidate[], { data, source }: Registration): Candidate | undefined => {
  const agreeing = candidates.filter(({ standing }) => isMeant(standing, source, data));
  const own = agreeing.find(({ standing }) => statedBy(standing, source).length > 0);
  return own ?? agreeing.find(({ standing }) => wasFromTheFirst(standing, data)) ?? agreeing[0];
};

/** Only against what the sender itself supplied: of all else it is told nothing. */
const conflictIn = ({ data, source }: Registration, { uln }: Identifiers, linked: Candidate | undefined): NotLinked | undefined => {
  if (!linked) return undefined;
  if (isPlainlyAnother(statedBy(linked.standing, source), data)) return linkConflict('localId', ANOTHER_PERSON, [linked.id]);
  return isSecondUln(linked.state, source, uln) ? linkConflict('uln', SECOND_ULN, [linked.id]) : undefined;
};

/** `schema`, `invalid-uln` or `link-conflict`; else whose registration it is and what to link. */
export const decideRegistration = (contribution: Registration, { byLocal, byUln }: FoundForRegistration): Linking => {
  const identifiers = registrationIdentifiers(contribution);
  const refusal = faultIn(contribution, identifiers) ?? conflictIn(contribution, identifiers, byLocal);
  if (refusal) return refusal;
  const learner = byLocal ?? theOne(byUln, contribution);
  const beside = byUln.flatMap(({ id }) => (id === learner?.id ? [] : [id]));
  return {
    outcome: 'accepted',
    ...(learner === undefined ? {} : { learner: learner.id }),
    links: linksOf(identifiers, contribution.source),
    beside,
  };
};
