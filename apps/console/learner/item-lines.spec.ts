import { linesOf } from './item-lines.ts';

const WORDS: Readonly<Record<string, string>> = {
  'role personal-adviser': 'Your adviser',
  'purposes plan-learning': 'To plan your learning.',
  'purposes support-learner': 'To help you.',
  'about north': 'Connexions North',
};
const told = (data: Readonly<Record<string, unknown>>) => linesOf(data, (field, value) => WORDS[`${field} ${value}`]);

it('says in the words of the page what it has words for, and marks it', () => {
  expect(told({ role: 'personal-adviser', about: 'north', purposes: ['plan-learning', 'support-learner'] })).toEqual([
    { name: 'Role', value: 'Your adviser', isDay: false, isWorded: true },
    { name: 'About', value: 'Connexions North', isDay: false, isWorded: true },
    { name: 'Purposes', value: 'To plan your learning. To help you.', isDay: false, isWorded: true },
  ]);
});

it('sets other codes as words, and leaves alone what somebody wrote', () => {
  const data = {
    method: 'signed-form',
    objectives: ['A part-time job', 'bct-1'],
    domain: 'abc-def',
    contact: 'well-known',
    reason: 'moved-away',
  };
  expect(told(data).map(({ value, isWorded }) => [value, isWorded])).toEqual([
    ['signed form', false],
    ['A part-time job, bct-1', false],
    ['abc-def', false],
    ['well-known', false],
    ['moved away', false],
  ]);
});

it('writes days out, lays groups out, and leaves ids out', () => {
  const lines = told({ reviewId: 'r-1', of: 'bct', heldOn: '2026-09-03', notice: { version: 3, shown: true }, empty: '' });
  expect(lines.map(({ name, value, isDay }) => [name, value, isDay])).toEqual([
    ['Held on', '2026-09-03', true],
    ['Version', '3', false],
    ['Shown', '✓', false],
  ]);
});
