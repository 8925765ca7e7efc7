// Referrals: any agency may make one, and only the agency that it names answers, once.
import { accepted, type Contribution, type Outcome, rejected } from '#contribution';
import { all, begins, noteOwner, refersToAll, unknown, type View } from '../references.ts';
import { type Thing, thingsOf } from '../things.ts';

type Answer = Contribution<'referral.accepted'> | Contribution<'referral.declined'>;

const ANSWERED = rejected(
  'unknown-reference',
  'This referral was accepted or declined already, and that answer stands. The referrer may make a new referral.',
);

/** `reference-taken`, or `unknown-reference` for an assessment that the referrer may not speak of. */
export const decideReferralMade = (contribution: Contribution<'referral.made'>, view: View): Outcome => {
  const { referralId, assessments = [] } = contribution.data;
  return all(begins('referral', referralId, contribution, view), refersToAll('assessment', assessments, contribution, view));
};

const isWaiting = ({ since }: Thing): boolean => since.length === 0;

/** `unknown-reference`: none with this id names the sender, or it was answered. Two referrers' of one id: the earlier first. */
export const decideReferralAnswered = ({ data, source }: Answer, { state }: View): Outcome => {
  const named = thingsOf(state, 'referral').filter(({ id, item }) => id === data.referralId && item.facts['to'] === source);
  if (named.length === 0) return unknown('referral');
  const waiting = named.find(isWaiting);
  return waiting ? accepted(noteOwner(waiting, source)) : ANSWERED;
};
