// Why the data manager's decision on a match is not recorded (ADR 45 and 95).

export interface NotSettled {
  readonly code:
    | 'not-permitted'
    | 'no-such-match'
    | 'not-a-pair'
    | 'decided-meanwhile'
    | 'merged-already'
    | 'not-merged'
    | 'holds-others'
    | 'which-is-right';
  readonly says: string;
}

export const UNKNOWN: NotSettled = { code: 'no-such-match', says: 'There is no such match: take its id from the list of matches.' };
export const IS_A_TIE: NotSettled = {
  code: 'not-a-pair',
  says: 'This is a tie that waits for a voucher: `concordat ties confirm --data-manager` gives it.',
};
export const NOT_A_PAIR: NotSettled = { code: 'not-a-pair', says: 'This finding is about one learner: there is nobody to merge with.' };
export const DECIDED_MEANWHILE: NotSettled = {
  code: 'decided-meanwhile',
  says: 'Something was decided about this match since that position: look at it again, then decide.',
};
export const MERGED_ALREADY: NotSettled = { code: 'merged-already', says: 'One of the two is merged already: un-merge that first.' };
export const NOT_MERGED: NotSettled = { code: 'not-merged', says: 'The two are not merged with one another.' };
export const HOLDS_OTHERS: NotSettled = {
  code: 'holds-others',
  says: 'The record that would rest holds another one: un-merge that first, then merge both with the one that goes on.',
};
export const WHICH_IS_RIGHT: NotSettled = {
  code: 'which-is-right',
  says: 'Say in `right` in whose record the right ULN is where the two have different ones and are one person, and nowhere else.',
};
