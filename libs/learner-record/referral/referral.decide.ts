// Referrals: any agency may make one, only the agency that it names answers, once, and only its referrer withdraws it.
import { accepted, type Contribution, type Outcome, rejected } from '#contribution';
import { all, begins, namingIn, noteOwner, ownThing, refersToAll, unknown, type View } from '../references.ts';
import { type Thing, thingsOf } from '../things.ts';

type Answer = Contribution<'referral.accepted'> | Contribution<'referral.declined'>;

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
const toSender = (contribution: Answer, { state, counts }: View): readonly Thing[] => {
  const { source, data } = contribution;
  const { of } = namingIn('referral', data.referralId, contribution);
  const all = thingsOf(state, 'referral').filter(({ id, item }) => id === data.referralId && item.facts['to'] === source);
  if (of !== undefined) return all.filter((one) => one.source === of);
  return [...all.filter((one) => one.source !== source && counts(one)), ...all.filter((one) => one.source === source)];
};

/**
 * `unknown-reference`: none with this id names the sender, or it was answered. Of two referrers' of one id the earlier is answered first.
 */
export const decideReferralAnswered = (contribution: Answer, view: View): Outcome => {
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
