// Work placements: sought, started under a new id, ended once.
import { accepted, type Contribution, type Outcome, rejected } from '#contribution';
import { all, asItem, before, begins, isRejected, mayReferTo, meant, namingIn, noteOwner, ownThing, type View } from '../references.ts';
import { type Thing, thingsOf } from '../things.ts';

const ENDED = rejected('unknown-reference', 'This placement ended already. Give the placementId of one that goes on, or start a new one.');

/** `unknown-reference` for the programme. */
export const decidePlacementSought = (contribution: Contribution<'placement.sought'>, view: View): Outcome =>
  mayReferTo('programme', contribution.data.programmeId, contribution, view);

/** `reference-taken`, or `unknown-reference` for the programme. */
export const decidePlacementStarted = (contribution: Contribution<'placement.started'>, view: View): Outcome => {
  const { placementId, programmeId } = contribution.data;
  const placement = begins('placement', placementId, contribution, view);
  return all(placement, mayReferTo('programme', programmeId, contribution, view));
};

/** What others may be told of it depends on whether they may read when it started. */
const faultIn = (placement: Thing, { data, source }: Contribution<'placement.ended'>, view: View): Outcome | undefined => {
  if (placement.since.length > 0) return ENDED;
  const mayRead = placement.source === source || view.maySee(asItem(placement));
  return mayRead && data.on < placement.on ? before('on', 'the day on which the placement started') : undefined;
};

/** Of whom nothing of others is looked up, its own placement is all the same. */
const decideOwnEnd = (contribution: Contribution<'placement.ended'>, view: View): Outcome => {
  const naming = namingIn('placement', contribution.data.placementId, contribution);
  const own = naming.of === undefined || naming.of === naming.sender ? ownThing('placement', naming.id, contribution, view) : undefined;
  return (own && faultIn(own, contribution, view)) ?? accepted();
};

const decideEnd = (contribution: Contribution<'placement.ended'>, view: View): Outcome => {
  if (!view.mayLookUp) return decideOwnEnd(contribution, view);
  const naming = namingIn('placement', contribution.data.placementId, contribution);
  const placement = meant(thingsOf(view.state, 'placement'), naming, view, (one) => view.mayKnow(asItem(one)));
  if (isRejected(placement)) return placement;
  return faultIn(placement, contribution, view) ?? accepted(noteOwner(placement, contribution.source));
};

/** `unknown-reference`: no such placement, one that ended, or no such programme; `schema`: it started after that day. */
export const decidePlacementEnded = (contribution: Contribution<'placement.ended'>, view: View): Outcome =>
  all(decideEnd(contribution, view), mayReferTo('programme', contribution.data.programmeId, contribution, view));
