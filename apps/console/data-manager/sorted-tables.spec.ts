// The data manager's lists in the order of one of their columns.
import { sortedPage } from '../shell/sorting.ts';
import type { DecisionLine } from './decisions.ts';
import type { Issue } from './issues.ts';
import type { Match } from './queues.ts';
import { decisionColumns, issueColumns, queueColumns, stateOf } from './sorted-tables.ts';

const NAMES: Readonly<Record<string, string>> = { bct: 'Wulfrun Training', hts: 'Heath Town Skills' };
const named = (text = ''): string => NAMES[text] ?? text;
const hanging = (many: number): readonly object[] => Array.from({ length: many }, () => ({}));
const asked = (sort: string) => ({ sort, goesOn: false, hrefFor: (by?: string) => `/x?${by ?? ''}` });

it.each([
  ['since', ['a', 'b', 'c']],
  ['agency', ['c', 'b', 'a']],
  ['-alike', ['c', 'b', 'a']],
  ['waiting', ['b', 'c', 'a']],
  ['state', ['b', 'a', 'c']],
])('a queue by %s stands as its cells do, those that show nothing last', (sort, expected) => {
  const rows = [
    { match: 'c', since: '2026-10-07', agency: 'hts', score: 100, waiting: hanging(2), state: 'deferred', overdue: false },
    { match: 'b', since: '2026-10-06', agency: 'bct', score: 75, waiting: hanging(0), state: 'open', overdue: false },
    { match: 'a', since: '2026-10-05', waiting: hanging(10), state: 'open', overdue: true },
  ] as unknown as readonly Match[];
  expect(sortedPage(rows, queueColumns(named), asked(sort)).rows.map(({ match }) => match)).toEqual(expected);
  expect(rows.map(stateOf)).toEqual(['put off', 'open', 'open, overdue']);
});

it.each([
  ['agency', ['9', '10', null]],
  ['-position', ['10', '9', null]],
  ['term', ['10', null, '9']],
])('findings by %s, those that show nothing last', (sort, expected) => {
  const rows = [
    { position: null, source: null, since: '2026-10-05', overdue: false },
    { position: '9', source: 'hts', since: '2026-10-05', overdue: false },
    { position: '10', source: 'bct', since: '2026-10-05', overdue: true },
  ] as unknown as readonly Issue[];
  expect(sortedPage(rows, issueColumns(named), asked(sort)).rows.map(({ position }) => position)).toEqual(expected);
});

it('decisions by their match stand kind by kind, each by when it was found', () => {
  const line = (position: string, kind: string, since: string) => ({ position, kind, since }) as DecisionLine;
  const rows = [line('3', 'same-number', '2026-10-01'), line('2', 'possible-match', '2026-10-09'), line('1', 'same-number', '2026-09-01')];
  expect(sortedPage(rows, decisionColumns, asked('match')).rows.map(({ position }) => position)).toEqual(['1', '3', '2']);
});
