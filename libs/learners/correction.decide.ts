// Corrects what is known of a learner; it may add the first ULN or a further local id (contracts.md, learner.corrected).
import { checkUln } from '#catalogue';
import type { Contribution } from '#contribution';
import type { LearnerId } from '#kernel';
import {
  type Identifiers,
  INVALID_ULN,
  linkConflict,
  type Linking,
  linksOf,
  type NotLinked,
  type Statement,
  subjectIdentifiers,
} from './statements.ts';
import { isPlainlyAnother, isSecondUln, type LearnerState } from './learner.ts';

type Correction = Contribution<'learner.corrected'>;

export interface FoundForCorrection {
  /** Whom the subject names. */
  readonly learner: { readonly id: LearnerId; readonly state: LearnerState };
  /** What the sender itself stated of the learner so far. */
  readonly own: readonly Statement[];
  /** Whom the sender linked to the local id of the data. */
  readonly byLocal?: LearnerId;
  /** All who were registered with the number of the data. */
  readonly byUln: readonly LearnerId[];
}

const SECOND_ULN = 'You gave the learner another ULN already. The data manager will look into it; check the ULN.';
const ANOTHER_PERSON =
  'You told another name and birth date of this learner. The data manager will look into it; register whom you mean under a localId of its own.';
const ANOTHERS_LOCAL_ID = 'You linked this localId to another learner. The data manager will look into it; check the localId.';

/** For the caller to look up before `decideCorrection`, beside the subject. */
export const correctionIdentifiers = ({ data: { uln, localId } }: Correction): Identifiers => ({
  ...(uln === undefined ? {} : { uln }),
  ...(localId === undefined ? {} : { localId }),
});

const conflictIn = (correction: Correction, { learner: { id, state }, own, byLocal }: FoundForCorrection): NotLinked | undefined => {
  const { data, source, subject } = correction;
  const named = subjectIdentifiers(subject).uln === undefined ? 'localId' : 'uln';
  if (isPlainlyAnother(own, data)) return linkConflict(named, ANOTHER_PERSON, [id]);
  if (isSecondUln(state, source, data.uln)) return linkConflict('uln', SECOND_ULN, [id]);
  return byLocal !== undefined && byLocal !== id ? linkConflict('localId', ANOTHERS_LOCAL_ID, [id, byLocal]) : undefined;
};

/** `invalid-uln` or `link-conflict`; else what to link. An earlier local id goes on naming the learner. */
export const decideCorrection = (contribution: Correction, found: FoundForCorrection): Linking => {
  const { uln } = contribution.data;
  if (uln !== undefined && !checkUln(uln)) return INVALID_ULN;
  const conflict = conflictIn(contribution, found);
  if (conflict) return conflict;
  const links = linksOf(correctionIdentifiers(contribution), contribution.source);
  return { outcome: 'accepted', learner: found.learner.id, links, beside: found.byUln.filter((id) => id !== found.learner.id) };
};
