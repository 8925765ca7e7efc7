import { decisionRecorded } from './recorded-words.ts';
import type { SideBySide } from './queues.ts';
import { numberOf, numbersToChoose, settledNumbers } from './right-number.ts';

const match: SideBySide = {
  ...{ match: 'possible-match.a.b', kind: 'possible-match', state: 'open', learners: ['a', 'b'], since: '2026-10-05' },
  ...{ agreeOn: ['givenName'], differOn: [], waiting: [], overdue: false },
  records: [
    { learner: 'a', statements: [] },
    { learner: 'b', statements: [] },
  ],
  numbers: [
    { learner: 'a', ulns: ['1000000001'], agencies: ['bct', 'north'] },
    { learner: 'b', ulns: ['1000000002', '1000000003'], agencies: ['hts'] },
  ],
};
const { numbers: _, ...without } = match;

it('it is chosen between the numbers that the match tells, each told by whoever supplied it', () => {
  expect(numbersToChoose(match)).toEqual([
    { learner: 'a', record: 1, uln: '1000000001', agencies: ['bct', 'north'] },
    { learner: 'b', record: 2, uln: '1000000002 or 1000000003', agencies: ['hts'] },
  ]);
  expect([numberOf(match, 'b')?.record, numberOf(match, 'nobody')]).toEqual([2, undefined]);
});

it('nothing is chosen where the match tells none, whatever the records state', () => {
  const statements = [{ type: 'uk.concordat.learner.registered.v1', source: 'urn:concordat:agency:north', data: { uln: '1000000001' } }];
  const records = without.records.map((one) => ({ ...one, statements }));
  const differing = { ...without, records, differOn: ['uln'] };
  expect([numbersToChoose(differing), numberOf(differing, 'a'), settledNumbers(differing, 'a')]).toEqual([[], undefined, undefined]);
});

it('of what is said to be right the other number is told with whoever said it', () => {
  const settled = settledNumbers(match, 'b');
  expect([settled?.right.uln, settled?.other.agencies]).toEqual(['1000000002 or 1000000003', ['bct', 'north']]);
  expect(settledNumbers(match, 'nobody')).toBeUndefined();
});

it('the page after a merge asks nobody by name where the records show nobody who told the other number', () => {
  const said = (tellers: readonly string[]): string =>
    decisionRecorded({ ...match, outcome: 'same', numbers: { right: '1000000001', tellers } }, {}).next;
  expect(said(['Heath Town Skills'])).toContain('Ask Heath Town Skills, who told the other one, to register');
  expect(said([])).toBe('The ULN 1000000001 is right. The merge can be undone exactly.');
});
