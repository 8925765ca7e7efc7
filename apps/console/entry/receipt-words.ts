// What came of an event, in words for whoever entered it (console.md, 4.5): each code says what to do next.
import type { Outcome, Receipt, ReceiptProblem } from '#client';

export interface ReceiptWords {
  readonly done: boolean;
  readonly title: string;
  readonly says: string;
}

const BY_OUTCOME: Readonly<Record<Exclude<Outcome, 'rejected'>, ReceiptWords>> = {
  accepted: { done: true, title: 'Recorded', says: 'Whoever may see it sees it now.' },
  duplicate: { done: true, title: 'Recorded already', says: 'You had sent this before. It is recorded once.' },
  'already-captured': {
    done: false,
    title: 'There is one already',
    says: 'A valid assessment of this kind exists: nobody needs to take it again.',
  },
  conflict: { done: false, title: 'Not recorded', says: 'Something else was sent under the same name before. Begin again.' },
};

const REJECTED: Readonly<Record<string, string>> = {
  'role-not-allowed': 'No agreement in force lets your agency record this. Ask your administrator which agreements are signed.',
  'no-such-learner': 'There is no such learner, or none whom you may know of. Check the number, or register the learner first.',
  'unknown-reference': 'There is nothing by the id that you named. Check it.',
  'ambiguous-reference': 'Several agencies have something by that id. Say whose you mean.',
  'reference-taken': 'Your agency used this id for something else. Choose another.',
  'stale-consent': 'Something newer is recorded about this consent. Look at it first.',
  'invalid-uln': 'That is no Unique Learner Number: it has ten digits, of which the last checks the others.',
  'too-large': 'That is too long, or there is too much of it for one day.',
};

/** Of the agency's own identifiers; whose it may be otherwise is nothing that it may know. */
const CONFLICTING: Readonly<Record<NonNullable<ReceiptProblem['identifier']>, string>> = {
  localId:
    'The id that your agency uses for the learner is the one that conflicts: your agency gave it to somebody else before. Check it, or give this learner an id of their own.',
  uln: 'The ULN is what conflicts: your agency gave another one for this learner before. Check which of the two is right. The data manager sees it too.',
};
const CONFLICT = 'What your agency told before contradicts this: check your own id for the learner, and the ULN.';

/** Of a code of the table, or one that says more by its members. */
const saysOf = ({ code, identifier }: Pick<ReceiptProblem, 'code' | 'identifier'>): string | undefined => {
  if (code !== 'link-conflict') return REJECTED[code];
  return identifier === undefined ? CONFLICT : CONFLICTING[identifier];
};

export const wordsOf = ({ outcome, problem }: Pick<Receipt, 'outcome' | 'problem'>): ReceiptWords => {
  if (outcome !== 'rejected') return BY_OUTCOME[outcome];
  const says = problem && (saysOf(problem) ?? problem.detail);
  return { done: false, title: 'Not recorded', says: says ?? 'The broker did not take it.' };
};
