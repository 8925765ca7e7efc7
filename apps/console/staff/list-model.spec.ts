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
  ...{ sorting: undefined, open: new Set<string>(), opensLearners: false },
  named: (text) => text,
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

const learners = ['b', 'a'].map((localId) => ({ learner: `psn:${localId}`, localId, state: 'waiting' }));
const sorting = { by: 'learner', isDescending: true };
const sortedModel = (more: Partial<ShownList>): Readonly<Record<string, unknown>> =>
  modelOf(list, shown({ sorting, chosen: { state: 'waiting' }, answer: { on: '2026-11-30', position: '9', rows: learners }, ...more }));

it('keeps its order in filters, tabs, pages and the file, and says which it is', () => {
  const told = sortedModel({});
  expect(told['sorted']).toBe('The list is sorted by learner (family name), Z to A.');
  expect([told['own'], told['cleared'], told['first'], told['csv']]).toEqual([
    '/staff/referrals?state=waiting',
    '/staff/referrals?sort=-learner',
    '/staff/referrals?state=waiting&sort=-learner',
    { href: '/staff/referrals/csv?state=waiting&sort=-learner', says: '2 rows will be recorded as seen by you.' },
  ]);
  expect(told['tags']).toEqual([{ text: 'State: waiting', href: '/staff/referrals?sort=-learner' }]);
  expect((told['tabs'] as readonly { readonly href: string }[])[1]?.href).toBe('/staff/referrals?direction=received&sort=-learner');
});

it('calls an agency that a filter names by its name', () => {
  const filtered = { ...list, filters: [{ name: 'provider', says: 'Slug of the agency.' }] };
  const named = (text: string): string => (text === 'bct' ? 'Black Country Training' : text);
  expect(modelOf(filtered, shown({ chosen: { provider: 'bct' }, named }))['tags']).toMatchObject([
    { text: 'Provider: Black Country Training' },
  ]);
});

it('that goes on is sorted page by page, and says so; its file is in its own order', () => {
  const answer = { on: '2026-11-30', position: '9', rows: learners, next: 'further' };
  for (const told of [sortedModel({ answer }), sortedModel({ cursor: 'x' })]) {
    expect(told['sorted']).toMatch(/^Only the 2 rows of this page are sorted by learner/);
    expect(told['csv']).toEqual({
      href: '/staff/referrals/csv?state=waiting',
      says: 'More than 2 rows, all pages up to 50,000, will be recorded as seen by you. The file is in the list’s own order.',
    });
  }
  expect(sortedModel({ answer })['next']).toBe('/staff/referrals?state=waiting&sort=-learner&cursor=further');
});

it('stands in parts by day only in its own order', () => {
  const visits = { ...list, name: 'visits', table: ['on', 'of', 'state'] };
  const answer = { on: '2026-11-30', position: '9', rows: [{ on: '2026-12-01', of: 'bct' }] };
  const columnsOf = (more: Partial<ShownList>): unknown =>
    (modelOf(visits, shown({ answer, ...more }))['headings'] as readonly { readonly label: string }[]).map(({ label }) => label);
  expect([columnsOf({}), columnsOf({ sorting: { by: 'of', isDescending: false } })]).toEqual([['State'], ['State', 'Day', 'Agency']]);
});
