// What a learner does on a programme: begun by whoever runs it, advised, reviewed, at work placements, and left.
import { accepted, type Contribution, type Outcome, rejected } from '#contribution';
import type { IsoDate } from '#kernel';
import {
  all,
  asItem,
  before,
  begins,
  isRejected,
  mayReferTo,
  meant,
  namingIn,
  noteOwner,
  ownThing,
  refersTo,
  taken,
  unknown,
  type View,
} from './references.ts';
import { entriesOf, type Thing, thingsNamed } from './entries.ts';

// Programmes: begun by the agency that runs them, spoken of by those who may know of them.

type OfProgramme =
  | Contribution<'programme.agreed'>
  | Contribution<'programme.queried'>
  | Contribution<'programme.signed-off'>
  | Contribution<'attendance.concern'>;

/** `reference-taken`. */
export const decideProgrammeStarted = (contribution: Contribution<'programme.started'>, view: View): Outcome =>
  begins('programme', contribution.data.programmeId, contribution, view);

/** `unknown-reference`. */
export const decideOfProgramme = (contribution: OfProgramme, view: View): Outcome =>
  refersTo('programme', contribution.data.programmeId, contribution, view);

// Advisers: ended by whoever assigned one; and what they learn and do about a programme.

type FollowUp = Contribution<'adviser.informed'> | Contribution<'follow-up.made'>;

/** `unknown-reference`. */
export const decideFollowUp = (contribution: FollowUp, view: View): Outcome =>
  refersTo('programme', contribution.data.programmeId, contribution, view);

const NOBODY = rejected(
  'unknown-reference',
  'You have no adviser of this role for the learner who has not ended. Give the role with which you sent learner.adviser-assigned; only who assigned an adviser ends it.',
);

/** `unknown-reference`: the sender assigned none, or ended it since. */
export const decideAdviserEnded = ({ data, source }: Contribution<'learner.adviser-ended'>, { state }: View): Outcome => {
  const own = entriesOf(state, ['learner.adviser-assigned', 'learner.adviser-ended']).filter(
    ({ head: { item } }) => item.source === source && item.facts['role'] === data.role,
  );
  return own.at(-1)?.head.item.type === 'learner.adviser-assigned' ? accepted() : NOBODY;
};

// Reviews: one may be scheduled anew until it is held, and is held once.

type Review = Contribution<'review.scheduled'> | Contribution<'review.held'>;

const isAnother = ({ item, related }: Thing, { data }: Review): boolean => item.type === 'review.held' || related !== data.programmeId;

/** `unknown-reference` for the programme; `reference-taken`: the sender's review of that id was held, or is of another programme. */
export const decideReview = (contribution: Review, view: View): Outcome => {
  const { data, source } = contribution;
  const sameId = thingsNamed(view.state, 'review', data.reviewId).filter((one) => one.source === source);
  const programme = refersTo('programme', data.programmeId, contribution, view);
  if (programme.outcome === 'rejected') return programme;
  return sameId.some((one) => isAnother(one, contribution)) ? taken('review') : programme;
};

// Work placements: sought, started under a new id, ended once.

const PLACEMENT_ENDED = rejected(
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

/** What others may be told of it depends on whether they may read when it started. */
const faultIn = (placement: Thing, { data, source }: Contribution<'placement.ended'>, view: View): Outcome | undefined => {
  if (placement.since.length > 0) return PLACEMENT_ENDED;
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
  const placement = meant(thingsNamed(view.state, 'placement', naming.id), naming, view, (one) => view.mayKnow(asItem(one)));
  if (isRejected(placement)) return placement;
  return faultIn(placement, contribution, view) ?? accepted(noteOwner(placement, contribution.source));
};

/** `unknown-reference`: no such placement, one that ended, or no such programme; `schema`: it started after that day. */
export const decidePlacementEnded = (contribution: Contribution<'placement.ended'>, view: View): Outcome =>
  all(decideEnd(contribution, view), mayReferTo('programme', contribution.data.programmeId, contribution, view));

// Leaving and moving on: told by the agency whose programme it is, once; planned by any that may know of it.

type Ending = Contribution<'programme.left-early'> | Contribution<'programme.moved-on'>;

const PROGRAMME_ENDED = rejected(
  'unknown-reference',
  'This programme ended already. Give the programmeId of one that goes on, or start a new one.',
);

const endOf = ({ data }: Ending): readonly [field: string, day: IsoDate] => ('leftOn' in data ? ['leftOn', data.leftOn] : ['on', data.on]);

/** `unknown-reference`: the sender has started no such programme, or it ended; `schema`: it started after that day. */
export const decideProgrammeEnded = (contribution: Ending, view: View): Outcome => {
  const programme = ownThing('programme', contribution.data.programmeId, contribution, view);
  if (programme === undefined) return unknown('programme');
  if (programme.since.length > 0) return PROGRAMME_ENDED;
  const [field, day] = endOf(contribution);
  return day < programme.on ? before(field, 'the startedOn of the programme') : accepted();
};

/** `unknown-reference`. */
export const decideMovingOnPlanned = (contribution: Contribution<'moving-on.planned'>, view: View): Outcome =>
  refersTo('programme', contribution.data.programmeId, contribution, view);
