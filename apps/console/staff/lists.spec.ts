// Rows of any list as cells, and its filters as a form, whatever the list is.
import type { DescribedList } from '../broker/list-descriptions.ts';
import { chosenIn, fieldsOf, hrefOf, tagsOf } from './list-filters.ts';
import type { Person } from '../shell/person.ts';
import { listAt, nameFromPath, nameInPath, pathOfList } from './list-pages.ts';
import { cellOf, nameOf, tableOf } from './list-rows.ts';
import { purposesFor } from './purposes.ts';
import { basisText, labelOf, plainly } from './words.ts';

const LIST: DescribedList = {
  name: 'caseload',
  says: 'Learners.',
  about: 'learners',
  paged: true,
  path: '/v1/caseload',
  purposes: ['support-learner'],
  filters: [
    { name: 'state', says: 'How it stands.', codes: ['current', 'ended'], usual: 'current' },
    { name: 'made-from', says: 'From that day on.', period: 'day' },
    { name: 'provider', says: 'Slug of the agency.' },
  ],
  columns: ['givenName', 'familyName', 'followUp_due', 'state'],
  table: ['familyName', 'givenName', 'followUp_due', 'programmes_kind', 'state'],
};
const ROW = {
  learner: 'psn:abcdefghijkl',
  localId: 'CN-1',
  givenName: 'Owen',
  familyName: 'Price',
  followUp: { due: '2026-10-30', state: 'overdue' },
  programmes: [{ kind: 'e2e' }, { kind: 'fe-course' }],
  week: 3,
  state: 'ended',
  via: [],
};

describe('a cell', () => {
  it.each([
    ['followUp_due', { day: '2026-10-30' }],
    ['programmes_kind', { text: 'e2e; fe-course' }],
    ['week', { text: '3', isNumeric: true }],
    ['followUp_state', { tags: [{ text: 'overdue', colour: 'red' }] }],
    ['state', { tags: [{ text: 'ended', colour: 'grey' }] }],
    ['nothing_here', { text: '' }],
  ])('%s', (column, cell) => expect(cellOf(ROW, column)).toEqual(cell));

  it('says of flags what is amiss, and yes or no of others', () => {
    expect(cellOf({ adviserAssigned: false }, 'adviserAssigned')).toEqual({ tags: [{ text: 'not linked', colour: 'red' }] });
    expect([cellOf({ overdue: false }, 'overdue'), cellOf({ overdue: null }, 'overdue')]).toEqual([{ text: '' }, { text: '' }]);
    expect([cellOf({ tripartite: false }, 'tripartite'), cellOf({ days: 0 }, 'days')]).toEqual([
      { text: 'No' },
      { text: '0', isNumeric: true },
    ]);
  });
});

describe('a table', () => {
  it('has the learner first, then what is amiss', () => {
    const { columns, rows, hasLearners } = tableOf(LIST, [ROW]);
    expect([hasLearners, columns.map(({ label }) => label)]).toEqual([true, ['State', 'Follow up due', 'Programmes kind']]);
    expect(rows[0]?.learner).toEqual({ name: 'Owen Price', ref: 'psn%3Aabcdefghijkl' });
  });

  it('calls a learner by the name that may be seen, else by the agency’s own id, else by the beginning of a pseudonym', () => {
    expect(nameOf({ ...ROW, givenName: null, familyName: null })).toBe('CN-1');
    expect(nameOf({ learner: 'psn:abcdefghijkl' })).toBe('psn:abcdefgh…');
    expect(tableOf(LIST, [{ learner: null }]).rows[0]?.learner).toBeUndefined();
  });

  it('calls codes by their words, and shows what has none as it is', () => {
    const codes = new Map([['programmes_kind', { e2e: 'Entry to Employment' }]]);
    expect(cellOf(ROW, 'programmes_kind', codes)).toEqual({ text: 'Entry to Employment; fe course' });
    expect(fieldsOf(LIST, {}, new Map([['state', { ended: 'Over' }]]))[0]?.items.map(({ text }) => text)).toEqual([
      'Usual: current',
      'current',
      'Over',
    ]);
  });

  it('stands in parts by day and provider where a page says so', () => {
    const rows = [
      { on: '2026-12-01', of: 'bct' },
      { on: '2026-12-01', of: 'bct' },
      { on: '2026-12-02', of: 'bct' },
    ];
    const list = { about: 'learners', table: ['on', 'of', 'reason'] } as const;
    const { groups, columns } = tableOf(list, rows, { grouped: { dayOf: ({ on }) => on, columns: ['on', 'of'] } });
    expect(groups).toEqual([
      { day: '2026-12-01', of: 'bct', first: 0, count: 2 },
      { day: '2026-12-02', of: 'bct', first: 2, count: 1 },
    ]);
    expect(columns.map(({ label }) => label)).toEqual(['Reason']);
  });
});

describe('filters', () => {
  it('are those of the list, and nothing else is sent on', () => {
    const chosen = chosenIn(LIST, { state: 'ended', wrong: '1', cursor: 'x', provider: ' ', on: '2026-10-01', 'made-from': ['a', 'b'] });
    expect(chosen).toEqual({ state: 'ended', on: '2026-10-01' });
    expect(chosenIn({ ...LIST, about: 'things' }, { on: '2026-10-01' })).toEqual({});
  });

  it('become fields with what is chosen, and tags that take it away', () => {
    const fields = fieldsOf(LIST, { state: 'ended' });
    expect(fields.map(({ name, kind, value }) => [name, kind, value])).toEqual([
      ['state', 'select', 'ended'],
      ['made-from', 'date', ''],
      ['provider', 'text', ''],
      ['on', 'date', ''],
    ]);
    expect(fields[0]?.items.map(({ text, selected }) => [text, selected])).toEqual([
      ['Usual: current', false],
      ['current', false],
      ['ended', true],
    ]);
    expect(tagsOf(LIST, { chosen: { state: 'ended', provider: 'bct' }, path: '/staff/caseload' })).toEqual([
      { text: 'State: ended', href: '/staff/caseload?provider=bct' },
      { text: 'Provider: bct', href: '/staff/caseload?state=ended' },
    ]);
    const [since] = tagsOf(LIST, { chosen: { 'made-from': '2026-10-01' }, path: '/staff/caseload' });
    expect(since?.text).toBe('Made from: 1 October 2026');
    expect(hrefOf('/x', { a: undefined, b: '' })).toBe('/x');
  });
});

it('asks for what the person works on and the list serves, of things for what goes without saying', () => {
  expect(purposesFor(['plan-learning', 'support-learner'], LIST)).toEqual(['support-learner']);
  expect(purposesFor(['plan-learning'], LIST)).toEqual([]);
  expect(purposesFor([], { about: 'things', purposes: ['plan-provision'] })).toEqual(['plan-provision']);
});

it('finds every list under an address of one part', () => {
  const adviser: Person = { kind: 'staff', agency: 'careers', staff: 's-1', name: 'S.', roles: ['personal-adviser'] };
  expect(['early-leavers', 'data-quality/issues', 'provision-gaps'].map((list) => pathOfList(list, adviser))).toEqual([
    '/staff/leavers',
    '/staff/lists/data-quality.issues',
    '/staff/lists/provision-gaps',
  ]);
  expect(pathOfList('provision-gaps', { ...adviser, roles: ['planner'] })).toBe('/plan/gaps');
  expect([listAt('/plan/gaps/csv'), listAt('/staff/nothing')]).toEqual(['provision-gaps', '']);
  expect(nameFromPath(nameInPath('data-quality/issues'))).toBe('data-quality/issues');
});

it('says names and grounds in words', () => {
  expect([labelOf('followUp_due'), labelOf('first12'), labelOf('made-from')]).toEqual(['Follow up due', 'First 12 weeks', 'Made from']);
  expect(['follow-ups', 'sign-offs', 'assessments/supplements'].map(labelOf)).toEqual([
    'Follow-ups',
    'Sign-offs',
    'Assessments taken again',
  ]);
  expect(plainly('Slug of the agency.')).toBe('Short name of the agency.');
  expect([basisText('6(1)(e)'), basisText('6(1)(c), 10'), basisText('other')]).toEqual([
    'a public task (6(1)(e))',
    'an obligation by law (6(1)(c), 10)',
    'other',
  ]);
});
