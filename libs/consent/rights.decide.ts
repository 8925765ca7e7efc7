// Objections (UK GDPR Art 21), restrictions (Art 18), and answers to the broker's notices.
import { accepted, type Contribution, type Outcome, rejected } from '#contribution';
import type { ConsentView } from './consent.decide.ts';
import type { RightsEntry } from './consent.ts';
import { requestedIn } from './effective-rights.ts';
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

const lastWith = (
  { data }: Contribution<'objection.decided'>,
  { state, grounds }: ConsentView,
  kinds: readonly RightsEntry['kind'][],
): RightsEntry['kind'] | undefined => {
  const scope = canonicalScope(data.scope);
  return state.rights.findLast((one) => kinds.includes(one.kind) && sameScope(one.scope, scope) && grounds.counts(one))?.kind;
};

/** `unknown-reference` where no objection with the same scope waits for a decision. */
export const decideObjectionDecided = (contribution: Contribution<'objection.decided'>, view: ConsentView): Outcome => {
  if (!view.mayLookUp) return accepted();
  return lastWith(contribution, view, ['objection-raised', 'objection-upheld', 'objection-overridden']) === 'objection-raised'
    ? accepted()
    : NO_OBJECTION;
};

/** `unknown-reference` where no restriction of the same scope stands. */
export const decideRestrictionLifted = (
  { data }: Contribution<'restriction.lifted'>,
  { state, grounds, mayLookUp }: ConsentView,
): Outcome => {
  if (!mayLookUp) return accepted();
  const scope = canonicalScope(data.scope);
  const standing = requestedIn(state.rights.filter((one) => grounds.counts(one)));
  return standing.some((one) => sameScope(one.scope, scope)) ? accepted() : NO_RESTRICTION;
};

/** `unknown-reference` where no such notice was sent to whoever answers: nobody answers for another. */
export const decideNoticeAcknowledged = ({ data, source }: Contribution<'notice.acknowledged'>, { state }: ConsentView): Outcome =>
  noticeSentTo(state, source, data.noticeId) ? accepted() : NO_NOTICE;
