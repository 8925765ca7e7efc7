// Offers of a place: answered as often as the learner changes his mind; the last answer stands.
import type { Contribution, Outcome } from '#contribution';
import { begins, refersTo, type View } from '../references.ts';

type Answer = Contribution<'offer.accepted'> | Contribution<'offer.declined'>;

/** `reference-taken`. */
export const decideOfferMade = (contribution: Contribution<'offer.made'>, view: View): Outcome =>
  begins('offer', contribution.data.offerId, contribution, view);

/** `unknown-reference`. */
export const decideOfferAnswered = (contribution: Answer, view: View): Outcome =>
  refersTo('offer', contribution.data.offerId, contribution, view);
