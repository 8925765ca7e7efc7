// What came of an event, in words for whoever entered it (console.md, 4.5): each code says what to do next.
import type { Outcome, Receipt } from '#client';

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
  'link-conflict': 'Your agency linked this id to another learner. Check the id.',
  'unknown-reference': 'There is nothing by the id that you named. Check it.',
  'ambiguous-reference': 'Several agencies have something by that id. Say whose you mean.',
  'reference-taken': 'Your agency used this id for something else. Choose another.',
  'stale-consent': 'Something newer is recorded about this consent. Look at it first.',
  'invalid-uln': 'That is no Unique Learner Number: it has ten digits, of which the last checks the others.',
  'too-large': 'That is too long, or there is too much of it for one day.',
};

export const wordsOf = ({ outcome, problem }: Pick<Receipt, 'outcome' | 'problem'>): ReceiptWords => {
  if (outcome !== 'rejected') return BY_OUTCOME[outcome];
  const says = REJECTED[problem?.code ?? ''] ?? problem?.detail;
  return { done: false, title: 'Not recorded', says: says ?? 'The broker did not take it.' };
};
