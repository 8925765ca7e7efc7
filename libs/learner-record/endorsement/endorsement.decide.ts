// Endorsements: what the careers service expects the learner to reach; queried by those who may know of one.
import type { Contribution, Outcome } from '#contribution';
import { all, begins, refersTo, refersToAll, type View } from '../references.ts';

/** `reference-taken`, or `unknown-reference` for an assessment that the sender may not speak of. */
export const decideEndorsementGiven = (contribution: Contribution<'endorsement.given'>, view: View): Outcome => {
  const { endorsementId, basedOn = [] } = contribution.data;
  return all(begins('endorsement', endorsementId, contribution, view), refersToAll('assessment', basedOn, contribution, view));
};

/** `unknown-reference`. */
export const decideEndorsementQueried = (
  contribution: Contribution<'endorsement.queried'> | Contribution<'endorsement.answered'>,
  view: View,
): Outcome => refersTo('endorsement', contribution.data.endorsementId, contribution, view);
