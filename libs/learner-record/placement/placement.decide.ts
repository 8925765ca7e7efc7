// Work placements: sought, started under a new id, ended once.
import { accepted, type Contribution, type Outcome, rejected } from '#contribution';
import { all, asItem, begins, isRejected, mayReferTo, meant, namingIn, noteOwner, type View } from '../references.ts';
import { thingsOf } from '../things.ts';

const ENDED = rejected(
  'unknown-reference',
  'This placement ended already. Give the placementId of one that goes on, or start a new one.',
);

/** `unknown-reference` for the programme. */
export const decidePlacementSought = (contribution: Contribution<'placement.sought'>, view: View): Outcome =>
  mayReferTo('programme', contribution.data.programmeId, contribution, view);

/** `reference-taken`, or `unknown-reference` for the programme. */
export const decidePlacementStarted = (contribution: Contribution<'placement.started'>, view: View): Outcome => {
  const { placementId, programmeId } = contribution.data;
  const placement = begins('placement', placementId, contribution, view);
  return all(placement, mayReferTo('programme', programmeId, contribution, view));
};

const decideEnd = (contribution: Contribution<'placement.ended'>, view: View): Outcome => {
  if (!view.mayLookUp) return accepted();
  const naming = namingIn('placement', contribution.data.placementId, contribution);
  const placement = meant(thingsOf(view.state, 'placement'), naming, view, (one) => view.mayKnow(asItem(one)));
  if (isRejected(placement)) return placement;
  return placement.since.length > 0 ? ENDED : accepted(noteOwner(placement, contribution.source));
};

/** `unknown-reference`: no such placement, one that ended, or no such programme. */
export const decidePlacementEnded = (contribution: Contribution<'placement.ended'>, view: View): Outcome =>
  all(decideEnd(contribution, view), mayReferTo('programme', contribution.data.programmeId, contribution, view));
