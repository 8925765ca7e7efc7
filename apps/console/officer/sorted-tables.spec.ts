// Officers' lists in the order of one of their columns.
import type { Consent, Decision, Named } from './audit-answers.ts';
import { say } from './say.ts';
import {
  consentColumns,
  decisionColumns,
  lookColumns,
  ownOrderOfFile,
  questionColumns,
  rowsFor,
  sortedTable,
  withdrawalColumns,
} from './sorted-tables.ts';

const decision = (position: string, more: Partial<Decision>): Decision & Named => ({
  ...{ position, learner: `psn:${position}`, at: `2026-11-0${position}T09:00:00Z`, recipient: 'bct', route: 'learner', asked: 'passport' },
  ...{ purposes: ['plan-learning'], outcome: 'answered', permitted: [], refused: [], withdrawn: [] },
  ...more,
});
const ROWS = [
  decision('3', { recipient: 'hts', staff: 'z' }),
  decision('2', { recipient: 'bct', route: 'feed', purposes: 'any' }),
  decision('1', { recipient: 'hts', staff: 'a', route: 'look', asked: 'unusual' }),
];
const of = (search: Readonly<Record<string, string>>, next?: string): ReturnType<typeof sortedTable<Decision & Named>> =>
  sortedTable(ROWS, decisionColumns(say), { path: '/dpo/x', filters: { outcome: 'answered' }, search, next });
const positions = (sort: string): readonly string[] => of({ sort }).rows.map(({ position }) => position);

it.each([
  ['at', ['1', '2', '3']],
  ['-at', ['3', '2', '1']],
  ['who', ['2', '1', '3']],
  ['how', ['3', '2', '1']],
  ['for', ['2', '3', '1']],
])('decisions by %s stand as their cells do', (sort, expected) => expect(positions(sort)).toEqual(expected));

it('keep their filters and their order in every address', () => {
  const told = of({ sort: '-at', cursor: 'c' }, 'further');
  expect([told.next, told.own, told.sort]).toEqual(['/dpo/x?outcome=answered&sort=-at&cursor=further', '/dpo/x?outcome=answered', '-at']);
  expect(told.headings[0]).toEqual({ label: 'When', isNumeric: false, aria: 'descending', href: '/dpo/x?outcome=answered&sort=at' });
  expect(told.sorted).toMatch(/^Only the 3 rows of this page are sorted by when, latest first/);
  expect(ownOrderOfFile(told)).toBe(' The file is in the list’s own order.');
});

it('stand in their own order where nothing that there is was chosen', () => {
  for (const search of [{}, { sort: 'position' }, { sort: ['at', 'who'] as never }]) {
    const told = of(search);
    expect([told.sorted, told.sort, told.rows, ownOrderOfFile(told)]).toEqual([undefined, '', ROWS, '']);
  }
  expect([rowsFor({}), rowsFor({ sort: 'at' })]).toEqual([50, 100]);
});

it('of a day say nothing of consents, and whom each was about', () => {
  expect(lookColumns(say).map(({ label }) => label)).toEqual(['When', 'Who', 'Learner', 'How', 'What for', 'Categories', 'Outcome']);
});

it('consents without an end stand last, and withdrawals that a feed still waits for', () => {
  const [early, open, late] = ['2026-12-01', undefined, '2027-01-01'].map(
    (expires) => ({ id: expires ?? 'open', expires }) as Consent & Named,
  );
  const ends = consentColumns(say).filter(({ name }) => name === 'expires');
  const table = sortedTable([open, late, early] as (Consent & Named)[], ends, {
    path: '/x',
    filters: {},
    search: { sort: '-expires' },
    next: undefined,
  });
  expect(table.rows.map(({ id }) => id)).toEqual(['2027-01-01', '2026-12-01', 'open']);
  const stopped = withdrawalColumns(say).find(({ name }) => name === 'stopped');
  expect([stopped?.keyOf({ seconds: 0.4 } as never), stopped?.keyOf({} as never)]).toEqual([0.4, '']);
});

it('questions say whose they are where several agencies are overseen, and what is overdue by its tag', () => {
  const labels = (answers: boolean, state: string): readonly string[] => questionColumns(say, { answers, state }).map(({ label }) => label);
  expect(labels(false, 'open')).toEqual(['What', 'Agency', 'Learner', 'Sent', 'State', 'Next']);
  expect(labels(true, 'answered')).toEqual(['What', 'Learner', 'Sent', 'State', 'Answered']);
  const state = questionColumns(say, { answers: true, state: 'open' }).find(({ name }) => name === 'state');
  expect(state?.keyOf({ state: 'waiting', overdue: true } as never)).toBe('Overdue');
});
