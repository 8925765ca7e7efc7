import { wordsOf } from './receipt-words.ts';

const rejected = (code: string, identifier?: 'localId' | 'uln') =>
  wordsOf({
    outcome: 'rejected',
    problem: { type: '', title: '', status: 409, code, detail: 'For developers.', ...(identifier && { identifier }) },
  });

describe('a conflict when records are linked', () => {
  it('tells which identifier of the agency’s own conflicts, and nothing of whose it may be otherwise', () => {
    expect(rejected('link-conflict', 'localId').says).toMatch(/^The id that your agency uses for the learner is the one that conflicts/);
    expect(rejected('link-conflict', 'uln').says).toMatch(/^The ULN is what conflicts: your agency gave another one/);
  });

  it('tells both to check where the broker does not say', () => {
    expect(rejected('link-conflict').says).toMatch(/your own id for the learner, and the ULN/);
  });
});

it('what has no words here is told as the broker says it', () => {
  expect(rejected('schema').says).toBe('For developers.');
  expect(wordsOf({ outcome: 'rejected' }).says).toBe('The broker did not take it.');
});
