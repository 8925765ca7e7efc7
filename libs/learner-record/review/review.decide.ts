// Reviews: one may be scheduled anew until it is held, and is held once.
import type { Contribution, Outcome } from '#contribution';
import { refersTo, taken, type View } from '../references.ts';
import { type Thing, thingsOf } from '../things.ts';

type Review = Contribution<'review.scheduled'> | Contribution<'review.held'>;

const isAnother = ({ item, related }: Thing, { data }: Review): boolean => item.type === 'review.held' || related !== data.programmeId;

/** `unknown-reference` for the programme; `reference-taken`: the sender's review of that id was held, or is of another programme. */
export const decideReview = (contribution: Review, view: View): Outcome => {
  const { data, source } = contribution;
  const sameId = thingsOf(view.state, 'review').filter((one) => one.id === data.reviewId && one.source === source);
  const programme = refersTo('programme', data.programmeId, contribution, view);
  if (programme.outcome === 'rejected') return programme;
  return sameId.some((one) => isAnother(one, contribution)) ? taken('review') : programme;
};
