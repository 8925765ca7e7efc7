// How a learner comes to a programme: referred, applying, endorsed, offered a place.
import { accepted, type Contribution, type Outcome, rejected } from '#contribution';
import { all, begins, namingIn, noteOwner, ownThing, refersTo, refersToAll, unknown, type View } from './references.ts';
import { type Thing, thingsNamed } from './entries.ts';

// Referrals: any agency may make one, only the agency that it names answers, once, and only its referrer withdraws it.

type ReferralAnswer = Contribution<'referral.accepted'> | Contribution<'referral.declined'>;

const ANSWERED = rejected(
  'unknown-reference',
  'This referral was accepted or declined already, and that answer stands. The referrer may make a new referral.',
);

const WITHDRAWN = rejected(
  'unknown-reference',
  'You withdrew this referral already. Make a new referral where the learner is to be referred again.',
);

/** `reference-taken`, or `unknown-reference` for an assessment that the referrer may not speak of. */
export const decideReferralMade = (contribution: Contribution<'referral.made'>, view: View): Outcome => {
  const { referralId, assessments = [] } = contribution.data;
  return all(begins('referral', referralId, contribution, view), refersToAll('assessment', assessments, contribution, view));
};

const isWaiting = ({ since }: Thing): boolean => since.length === 0;

/**
 * Those with this id that name the sender: of the agency whose it says it is; else others' where they have effect, for else the sender
 * knows of none (W2); its own last. By an answer that names it outright, the sender vouches for whoever referred the learner without
 * standing (W3).
 */
const toSender = (contribution: ReferralAnswer, { state, counts }: View): readonly Thing[] => {
  const { source, data } = contribution;
  const { of } = namingIn('referral', data.referralId, contribution);
  const all = thingsNamed(state, 'referral', data.referralId).filter(({ item }) => item.facts['to'] === source);
  if (of !== undefined) return all.filter((one) => one.source === of);
  return [...all.filter((one) => one.source !== source && counts(one)), ...all.filter((one) => one.source === source)];
};

/**
 * `unknown-reference`: none with this id names the sender, or it was answered. Of two referrers' of one id the earlier is answered first.
 */
export const decideReferralAnswered = (contribution: ReferralAnswer, view: View): Outcome => {
  const named = toSender(contribution, view);
  const waiting = named.find(isWaiting);
  if (waiting) return accepted(noteOwner(waiting, contribution.source));
  if (!view.mayLookUp) return accepted();
  return named.length === 0 ? unknown('referral') : ANSWERED;
};

/** `unknown-reference`: the sender has made no such referral, or withdrew it. */
export const decideReferralWithdrawn = (contribution: Contribution<'referral.withdrawn'>, view: View): Outcome => {
  const referral = ownThing('referral', contribution.data.referralId, contribution, view);
  if (referral === undefined) return unknown('referral');
  return referral.since.includes('referral.withdrawn') ? WITHDRAWN : accepted();
};

// Applications: submitted under an id that none of the sender's that stands has, placed by an agency that may know of it.

const STANDS = rejected(
  'reference-taken',
  'Your application with this applicationId stands. Take it back first (record.retracted), in the same message if you like, and this one takes its place; or give this one an id of its own.',
);

/** `reference-taken`: sent again, an application takes the place of one that its own source took back (views.md, S8). */
export const decideApplicationSubmitted = ({ source, data }: Contribution<'application.submitted'>, { state }: View): Outcome => {
  const own = thingsNamed(state, 'application', data.applicationId).filter((one) => one.source === source);
  return own.some(({ revision }) => !state.retracted.includes(revision)) ? STANDS : accepted();
};

/** `unknown-reference`. */
export const decideApplicationPlaced = (contribution: Contribution<'application.placed'>, view: View): Outcome =>
  refersTo('application', contribution.data.applicationId, contribution, view);

// Offers of a place: answered as often as the learner changes his mind; the last answer stands.

type OfferAnswer = Contribution<'offer.accepted'> | Contribution<'offer.declined'>;

/** `reference-taken`. */
export const decideOfferMade = (contribution: Contribution<'offer.made'>, view: View): Outcome =>
  begins('offer', contribution.data.offerId, contribution, view);

/** `unknown-reference`. */
export const decideOfferAnswered = (contribution: OfferAnswer, view: View): Outcome =>
  refersTo('offer', contribution.data.offerId, contribution, view);

// Endorsements: what the careers service expects the learner to reach; queried by those who may know of one.

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
