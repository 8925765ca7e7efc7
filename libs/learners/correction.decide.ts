// Corrects what is known of a learner; it may add the first ULN or a further local id (contracts.md, learner.corrected).
import { checkUln } from '#catalogue';
import type { Contribution } from '#contribution';
import type { LearnerId } from '#kernel';
import {
  type Found,
  type Identifiers,
  INVALID_ULN,
  linkConflict,
  type Linking,
  missingLinks,
  NO_SUCH_LEARNER,
  type NotLinked,
} from './identifiers.ts';
import { isSecondUln, type LearnerState } from './learner.ts';

type Correction = Contribution<'learner.corrected'>;

export interface FoundForCorrection extends Found {
  /** Whom the subject names; absent: nobody. `byUln` and `byLocal` are whom the data's identifiers name. */
  readonly learner?: { readonly id: LearnerId; readonly state: LearnerState };
}

const OTHERS_ULN = 'This ULN belongs to another learner. The data manager will look into it; check the ULN.';
const SECOND_ULN = 'The learner has another ULN already. The data manager will look into it; check the ULN.';
const OTHERS_LOCAL_ID = 'This localId belongs to another learner. The data manager will look into it; check the localId.';

/** For the caller to look up before `decideCorrection`, beside the subject. */
export const correctionIdentifiers = ({ data: { uln, localId } }: Correction): Identifiers => ({
  ...(uln === undefined ? {} : { uln }),
  ...(localId === undefined ? {} : { localId }),
});

type Corrected = NonNullable<FoundForCorrection['learner']>;

const conflictIn = ({ data }: Correction, { id, state }: Corrected, { byUln, byLocal }: Found): NotLinked | undefined => {
  if (byUln !== undefined && byUln !== id) return linkConflict(OTHERS_ULN, [id, byUln]);
  if (isSecondUln(state, data.uln)) return linkConflict(SECOND_ULN, [id]);
  return byLocal !== undefined && byLocal !== id ? linkConflict(OTHERS_LOCAL_ID, [id, byLocal]) : undefined;
};

/** `invalid-uln`, `no-such-learner` or `link-conflict`; else what to link. An earlier local id goes on naming the learner. */
export const decideCorrection = (contribution: Correction, { learner, ...found }: FoundForCorrection): Linking => {
  const { uln } = contribution.data;
  if (uln !== undefined && !checkUln(uln)) return INVALID_ULN;
  if (learner === undefined) return NO_SUCH_LEARNER;
  const conflict = conflictIn(contribution, learner, found);
  if (conflict) return conflict;
  const links = missingLinks(correctionIdentifiers(contribution), found, contribution.source);
  return { outcome: 'accepted', learner: learner.id, links };
};
