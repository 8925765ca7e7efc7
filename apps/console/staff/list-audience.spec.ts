import type { Person } from '../shell/person.ts';
import { isListFor } from './list-audience.ts';

const staff = (...roles: readonly string[]): Person => ({ kind: 'staff', agency: 'forge', staff: 's-1', name: 'S.', roles });

const LISTS = {
  caseload: ['support-learner', 'deliver-programme'],
  'identity-issues': ['deliver-programme', 'support-learner'],
  'data-quality/issues': ['assure-data-quality'],
  'early-leavers': ['track-participation', 'account-for-funding'],
} as const;

const openTo = (person: Person): readonly string[] =>
  Object.entries(LISTS).flatMap(([name, purposes]) => (isListFor(person, { name, purposes, about: 'learners' }) ? [name] : []));

it.each([
  [['administrator'], ['identity-issues', 'data-quality/issues']],
  [['planner'], ['early-leavers']],
  [['manager'], ['early-leavers']],
  [
    ['planner', 'administrator'],
    ['identity-issues', 'data-quality/issues', 'early-leavers'],
  ],
  [['administrator', 'key-worker'], Object.keys(LISTS)],
  [[], Object.keys(LISTS)],
] as const)('of lists about learners %j opens %j', (roles, names) => {
  expect(openTo(staff(...roles))).toEqual(names);
});

it('what is about nobody is for everybody', () => {
  for (const about of ['things', 'counts'] as const)
    expect(isListFor(staff('administrator'), { name: 'provision', about, purposes: ['plan-provision'] })).toBe(true);
});
