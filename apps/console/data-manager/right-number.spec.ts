import type { SideBySide } from './queues.ts';
import { numberOf, numbersToChoose, settledNumbers } from './right-number.ts';

const stated = (source: string, uln?: string): SideBySide['records'][number]['statements'][number] => ({
  type: 'uk.concordat.learner.registered.v1',
  source: `urn:concordat:agency:${source}`,
  data: { givenName: 'Una', ...(uln !== undefined && { uln }) },
});
const match: SideBySide = {
  ...{ match: 'possible-match.a.b', kind: 'possible-match', state: 'open', learners: ['a', 'b'], since: '2026-10-05' },
  ...{ agreeOn: ['givenName'], differOn: ['uln'], waiting: [], overdue: false },
  records: [
    { learner: 'a', statements: [stated('north', '1000000001'), stated('bct', '1000000001')] },
    { learner: 'b', statements: [stated('hts'), stated('hts', '1000000002')] },
  ],
};

it('of two numbers one is to be chosen, each told by whoever said it', () => {
  expect(numbersToChoose(match)).toEqual([
    { learner: 'a', record: 1, uln: '1000000001', agencies: ['bct', 'north'] },
    { learner: 'b', record: 2, uln: '1000000002', agencies: ['hts'] },
  ]);
  expect(numbersToChoose({ ...match, differOn: ['postcode'] })).toEqual([]);
  expect([numberOf(match, 'b')?.record, numberOf(match, 'nobody')]).toEqual([2, undefined]);
});

it('of what is said to be right the other number is told with whoever said it', () => {
  const settled = settledNumbers(match, 'b');
  expect([settled?.right.uln, settled?.other.agencies]).toEqual(['1000000002', ['bct', 'north']]);
  expect([settledNumbers(match, 'nobody'), settledNumbers({ ...match, differOn: [] }, 'b')]).toEqual([undefined, undefined]);
});
