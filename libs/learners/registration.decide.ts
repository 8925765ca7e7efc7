// Registers a learner, or links an agency's own id to one whose ULN is known (contracts.md, Registering).
import { checkUln } from '#catalogue';
import { type Contribution, type Rejected, rejected } from '#contribution';
import {
  type Found,
  type Identifiers,
  INVALID_ULN,
  linkConflict,
  type Linking,
  missingLinks,
  type NotLinked,
  subjectIdentifiers,
} from './identifiers.ts';
import { isSecondUln, type LearnerState } from './learner.ts';

type Registration = Contribution<'learner.registered'>;

export interface FoundForRegistration extends Found {
  /** Of the learner whom the identifiers name, where they name one. */
  readonly state?: LearnerState;
}

const DISAGREE = rejected(
  'schema',
  'The subject and data must name the same learner: the same ULN, or the localId of the data.',
);
const TWO_LEARNERS =
  'This ULN and this localId belong to two different learners. The data manager will look into it; check both identifiers.';
const SECOND_ULN =
  'The learner of this localId has another ULN already. The data manager will look into it; check both identifiers.';

/** For the caller to look up before `decideRegistration`. */
export const registrationIdentifiers = ({ data, subject }: Registration): Identifiers & { readonly localId: string } => {
  const uln = data.uln ?? subjectIdentifiers(subject).uln;
  return { localId: data.localId, ...(uln === undefined ? {} : { uln }) };
};

const agrees = ({ data, subject }: Registration): boolean => {
  const { uln, localId } = subjectIdentifiers(subject);
  return (uln === undefined || (data.uln ?? uln) === uln) && (localId === undefined || localId === data.localId);
};

const faultIn = (contribution: Registration, { uln }: Identifiers): Rejected | undefined => {
  if (!agrees(contribution)) return DISAGREE;
  return uln === undefined || checkUln(uln) ? undefined : INVALID_ULN;
};

const conflictIn = ({ uln }: Identifiers, { byLocal, byUln, state }: FoundForRegistration): NotLinked | undefined => {
  if (byLocal !== undefined && byUln !== undefined && byLocal !== byUln) return linkConflict(TWO_LEARNERS, [byLocal, byUln]);
  return byLocal !== undefined && isSecondUln(state, uln) ? linkConflict(SECOND_ULN, [byLocal]) : undefined;
};

/** `schema`, `invalid-uln` or `link-conflict`; else whose registration it is and what to link. */
export const decideRegistration = (contribution: Registration, found: FoundForRegistration): Linking => {
  const identifiers = registrationIdentifiers(contribution);
  const refusal = faultIn(contribution, identifiers) ?? conflictIn(identifiers, found);
  if (refusal) return refusal;
  const learner = found.byLocal ?? found.byUln;
  const links = missingLinks(identifiers, found, contribution.source);
  return learner === undefined ? { outcome: 'accepted', links } : { outcome: 'accepted', learner, links };
};
