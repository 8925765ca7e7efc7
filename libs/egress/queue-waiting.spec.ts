// What hangs on a finding is named where everybody whom it is about was shown to whoever asks: a match is named by its learners.
import type { DataQualityEntry } from '#read-models';
import { type RecordShown, shownAs } from './queue-findings.ts';

const entry = (kind: DataQualityEntry['kind'], ...learners: readonly string[]): DataQualityEntry => ({
  ...{ match: [kind, ...learners].join('.'), kind, state: 'open', learners, position: 1, openedAt: 1000, decisions: [] },
});
const pair = entry('possible-match', 'L', 'M');
const among = [pair, entry('recorded-apart', 'L'), entry('link-conflict', 'L', 'N'), entry('link-conflict', 'L', 'M')];
const waitingFor = (...learners: readonly string[]): readonly string[] => {
  const records = new Map<string, RecordShown>(learners.map((learner) => [learner, { learner, statements: [] }]));
  return shownAs(pair, { among, records, now: 2000 }).waiting.map(({ match }) => match);
};

it('and not where somebody else is among them', () => {
  expect(waitingFor('L', 'M')).toEqual(['recorded-apart.L', 'link-conflict.L.M']);
  expect(waitingFor('L', 'M', 'N')).toEqual(['recorded-apart.L', 'link-conflict.L.N', 'link-conflict.L.M']);
  expect(waitingFor('L')).toEqual(['recorded-apart.L']);
});
