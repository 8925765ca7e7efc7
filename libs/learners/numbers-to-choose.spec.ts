import { initialLearner, type LearnerState } from './learner.ts';
import { numbersToChoose } from './numbers-to-choose.ts';

const record = (...supplied: readonly (readonly [string, string])[]): LearnerState => ({
  ...initialLearner,
  ulnFrom: supplied.map(([agency]) => agency),
  ulns: supplied.map(([, uln]) => uln).join('\n'),
});

it('it is chosen between the numbers of two records that have none in common, each told once', () => {
  expect(numbersToChoose([record(['north', '1'], ['bct', '1']), record(['hts', '2'], ['forge', '3'])])).toEqual([
    { ulns: ['1'], suppliedBy: ['north', 'bct'] },
    { ulns: ['2', '3'], suppliedBy: ['hts', 'forge'] },
  ]);
});

it.each([
  ['where one has none', [record(['north', '1']), record()]],
  ['where they have one in common, whatever else was supplied', [record(['north', '1'], ['bct', '2']), record(['hts', '1'])]],
  ['of one record', [record(['north', '1'], ['bct', '2'])]],
])('there is nothing to choose %s', (_, records) => {
  expect(numbersToChoose(records)).toEqual([]);
});
