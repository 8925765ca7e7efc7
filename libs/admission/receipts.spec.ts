import { BlindNames, PairwisePseudonyms, rootKeyOf } from '#privacy';
import type { FormJudgement } from './session.ts';
import { type Receipt, receiptOf, redactedFor } from './receipts.ts';

const rootKey = rootKeyOf(Buffer.alloc(32, 7));
const addressee = { agency: 'forge', pseudonyms: new PairwisePseudonyms(rootKey) };
const form: FormJudgement = { id: 'm-1', source: 'urn:concordat:agency:forge' };
const receipt: Receipt = {
  id: 'm-1',
  source: 'urn:concordat:agency:forge',
  outcome: 'already-captured',
  position: '7',
  learner: new PairwisePseudonyms(rootKey).of('forge', new BlindNames(rootKey).blindId('learner', '1')),
  existing: {
    assessmentId: 'a-1',
    framework: 'initial',
    domain: 'literacy',
    assessedOn: '2026-01-01',
    validUntil: '2026-06-30',
    link: '/v1/learners/psn:x/assessments',
  },
};

describe('a receipt', () => {
  it('is told to its sender in full', () => {
    expect(redactedFor('forge', receipt)).toEqual(receipt);
  });

  it.each([undefined, 'anvil', 'forge-2', ''])('tells %j neither of the learner nor of what exists', (reader) => {
    expect(redactedFor(reader, receipt)).toEqual({
      id: 'm-1',
      source: 'urn:concordat:agency:forge',
      outcome: 'already-captured',
      position: '7',
    });
  });

  it('names the candidates of a reference that may be to several', () => {
    const fault = { code: 'ambiguous-reference', says: 'Say whose it is.', candidates: ['anvil', 'college'] } as const;
    expect(receiptOf(addressee, form, { outcome: 'rejected', fault }).receipt.problem).toEqual({
      type: 'urn:concordat:problem:ambiguous-reference',
      title: 'Conflict',
      status: 409,
      code: 'ambiguous-reference',
      detail: 'Say whose it is.',
      candidates: ['anvil', 'college'],
    });
  });

  it('of another rejection names none', () => {
    const { receipt: told } = receiptOf(addressee, form, {
      outcome: 'rejected',
      fault: { code: 'stale-consent', says: 'It was withdrawn.' },
    });
    expect(told.problem).toMatchObject({ status: 409, code: 'stale-consent' });
    expect(told.problem).not.toHaveProperty('candidates');
  });
});
