// What a page of a list shows beside its rows.
import type { DescribedList } from '../broker/list-descriptions.ts';
import type { Person } from '../shell/person.ts';
import type { Acting } from './acts.ts';
import { modelOf, type ShownList, usualOf } from './list-model.ts';
import { LIST_PAGES } from './list-pages.ts';

const list: DescribedList = {
  ...{ name: 'referrals', says: 'Referrals.', about: 'learners', path: '/v1/referrals', purposes: ['support-learner'], paged: true },
  filters: [
    { name: 'direction', says: 'Whose.', codes: ['made', 'received'] },
    { name: 'state', says: 'What came of it.', codes: ['waiting'] },
  ],
  columns: ['state'],
  table: ['state'],
};
const person: Person = { kind: 'staff', agency: 'careers', staff: 's', name: 'S.', roles: ['planner'] };
const acting: Acting = { name: 'S.', agency: 'careers', on: '2026-11-30', types: new Set(['target.set']) };
const shown = (more: Partial<ShownList> = {}): ShownList => ({
  answer: { on: '2026-11-30', position: '9000', rows: [] },
  codes: new Map(),
  ...{ beside: [], viewPosition: 8990, chosen: {}, limit: undefined, cursor: '', path: '/staff/referrals', purposes: [], acting, person },
  ...more,
});

it('has the words for nothing of the tab that is chosen', () => {
  const emptyOf = (chosen: Readonly<Record<string, string>>): unknown => modelOf(list, shown({ chosen }))['empty'];
  expect(emptyOf({})).toBe('Nothing waits for your answer, and you have referred nobody.');
  expect(emptyOf({ direction: 'received', state: 'waiting' })).toBe('Nothing waits for your answer.');
  expect(emptyOf({ direction: 'received', route: 'self' })).toBe('Nothing waits for your answer, and you have referred nobody.');
});

it('says that it lags only where it lacks more than its own page can have added', () => {
  expect(modelOf(list, shown())['behind']).toBeUndefined();
  expect(modelOf(list, shown({ viewPosition: 6000 }))['behind']).toBe(3000);
});

it('offers what the agency may add, and of days to come those from today on', () => {
  const targets = { ...list, name: 'targets' };
  expect(modelOf(targets, shown({ path: '/plan/targets' }))['adds']).toEqual([{ text: 'Set a target', href: '/staff/enter/target.set' }]);
  const visits = LIST_PAGES.find((page) => page.list === 'visits');
  expect(visits && usualOf(visits, '2026-11-30')).toEqual({ from: '2026-11-30' });
});
