// A list in the order of one of its columns: on its page, and in its file.
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { rowsSorted, sortableIn } from './list-sorting.ts';
import { sortedIfShort, sortedText } from './sorted-file.ts';

const NAMES: Readonly<Record<string, string>> = { bct: 'Zenith Training', hts: 'Anvil Skills' };
const keying = { codes: new Map([['route', { a: 'Zebra', z: 'Apple' }]]), named: (one: string) => NAMES[one] ?? one };
const row = (localId: string, more: object): Record<string, unknown> => ({ learner: `psn:${localId}`, localId, ...more });
const ids = (rows: readonly Readonly<Record<string, unknown>>[], sort: string): unknown[] => {
  const sorting = { by: sort.replace(/^-/, ''), isDescending: sort.startsWith('-') };
  return rowsSorted(rows, sorting, keying).map(({ localId }) => localId);
};

it('a list is sorted by the columns that its page shows, and by whom it is about', () => {
  expect(sortableIn({ about: 'learners', table: ['of'] })).toEqual(['learner', 'of']);
  expect(sortableIn({ about: 'things', table: ['of'] })).toEqual(['of']);
});

it('it is sorted by what is shown: agencies by their names, codes by their words, what lies within by itself', () => {
  const rows = [
    row('1', { of: 'bct', route: 'a', followUp: { due: '2026-10-01' }, week: 10, overdue: true }),
    row('2', { of: 'hts', route: 'z', followUp: { due: '2026-09-01' }, week: 9, overdue: false }),
    row('3', { of: null }),
  ];
  expect(['of', 'route', 'followUp_due', 'week', '-week', 'overdue'].map((sort) => ids(rows, sort))).toEqual([
    ['2', '1', '3'],
    ['2', '1', '3'],
    ['2', '1', '3'],
    ['2', '1', '3'],
    ['1', '2', '3'],
    ['1', '2', '3'],
  ]);
});

it('learners stand by the family name, and whose name is not shown by the agency’s own id; whoever has neither stands last', () => {
  const rows = [
    { ...row('x', {}), localId: null, learner: 'psn:a' },
    row('b-2', { givenName: 'Ann', familyName: 'Young' }),
    row('b-1', { givenName: 'Zoe', familyName: 'Abbott' }),
    row('c-1', {}),
  ];
  expect(ids(rows, 'learner')).toEqual(['b-1', 'c-1', 'b-2', null]);
});

/** Whatever a row holds that is not shown in the column, the order is the same. */
it('what the column does not show moves no row', () => {
  const rows = [row('1', { of: 'bct', secret: 'b' }), row('2', { of: 'bct', secret: 'a' })];
  expect(ids(rows, 'of')).toEqual(['1', '2']);
  expect(ids(rows.toReversed(), 'of')).toEqual(['2', '1']);
});

const FILE = [
  'localId,givenName,familyName,of,followUp_due,balance,kinds\r\n',
  'L1,Ann,Young,bct,2026-10-01,10,e2e; fe\r\n',
  'L2,Zoe,"Abbott, née ""X""\r\nY",hts,,\'-3,\r\n',
  'L3,Ed,Bell,bct,2026-09-01,9,app\r\n',
].join('');
const firsts = (file: string): readonly string[] => [...file.matchAll(/^(?:L\d|localId)(?=,)/gm)].map(([one]) => one);
const sortedBy = (sort: string): readonly string[] =>
  firsts(sortedText(FILE, { by: sort.replace(/^-/, ''), isDescending: sort.startsWith('-') }, keying));

it.each([
  ['learner', ['L2', 'L3', 'L1']],
  ['of', ['L2', 'L1', 'L3']],
  ['-followUp_due', ['L1', 'L3', 'L2']],
  ['balance', ['L2', 'L3', 'L1']],
  ['kinds', ['L3', 'L1', 'L2']],
  ['nowhere', ['L1', 'L2', 'L3']],
])('a file is sorted by %s as its page is, below its first line', (sort, lines) => {
  expect(sortedBy(sort)).toEqual(['localId', ...lines]);
});

it('each line of a sorted file is as it was', () => {
  const told = sortedText(FILE, { by: 'learner', isDescending: false }, keying);
  expect([told.length, told.split('\r\n').toSorted()]).toEqual([FILE.length, FILE.split('\r\n').toSorted()]);
});

it('what is longer than a page can be is not held back: it comes as it was sent', async () => {
  const turned = (whole: string): string => [...whole].toReversed().join('');
  expect(await text(await sortedIfShort(Readable.from([Buffer.from('ab'), Buffer.from('c')]), turned))).toBe('cba');
  const long = [Buffer.alloc(700_000, 'a'), Buffer.alloc(700_000, 'b'), Buffer.from('c')];
  expect(await text(await sortedIfShort(Readable.from(long), turned))).toBe(Buffer.concat(long).toString());
});
