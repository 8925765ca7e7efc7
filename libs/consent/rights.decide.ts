// Objections (UK GDPR Art 21), restrictions (Art 18), and answers to the broker's notices.
import { accepted, type Contribution, type Outcome, rejected } from '#contribution';
import type { ConsentState } from './consent.ts';
import { noticeSentTo } from './notices.ts';
import { canonicalScope, sameScope } from './scope.ts';

const NO_OBJECTION = rejected(
  'unknown-reference',
  'The learner has no undecided objection with this scope. Give the scope that objection.raised gave.',
);
const NO_RESTRICTION = rejected(
  'unknown-reference',
  'The learner has no restriction with this scope. Give the scope that restriction.requested gave.',
);
const NO_NOTICE = rejected(
  'unknown-reference',
  'No notice with this noticeId was sent to you about the learner. Give the noticeId of the notice.',
);

/** `unknown-reference` where no objection with the same scope waits for a decision. */
export const decideObjectionDecided = ({ data }: Contribution<'objection.decided'>, state: ConsentState): Outcome => {
  const scope = canonicalScope(data.scope);
  return state.objections.some((one) => one.undecided && sameScope(one, scope)) ? accepted() : NO_OBJECTION;
};

/** `unknown-reference` where no restriction has the same scope. */
export const decideRestrictionLifted = ({ data }: Contribution<'restriction.lifted'>, state: ConsentState): Outcome => {
  const scope = canonicalScope(data.scope);
  return state.restrictions.some((one) => sameScope(one, scope)) ? accepted() : NO_RESTRICTION;
};

/** `unknown-reference` where no such notice was sent to whoever answers: nobody answers for another. */
export const decideNoticeAcknowledged = ({ data, source }: Contribution<'notice.acknowledged'>, state: ConsentState): Outcome =>
  noticeSentTo(state, source, data.noticeId) ? accepted() : NO_NOTICE;
