// The prospectus in the order of one of its columns.
import { prospectusOf } from './prospectus.ts';

const ROWS = [
  { title: 'Plumbing', kind: 'apprenticeship', level: '2', area: 'WV2', places: 10, startsOn: '2027-01-11', of: 'bct' },
  { title: 'Art', kind: 'school-course', level: '3', area: 'WV1', places: 9, startsOn: '2027-09-01', of: 'hts' },
  { title: 'bricklaying', kind: 'e2e', level: null, area: null, places: null, startsOn: '2026-12-07', of: 'hts' },
];
const NAMES: Readonly<Record<string, string>> = { bct: 'Wulfrun Training', hts: 'Heath Town Skills' };
const titles = (sort: string) =>
  prospectusOf(ROWS, { sort, named: (text) => NAMES[text] ?? text }).table.rows.map(({ cells: [title] }) => title?.text);

it.each([
  ['', ['Plumbing', 'Art', 'bricklaying']],
  ['title', ['Art', 'bricklaying', 'Plumbing']],
  ['-places', ['Plumbing', 'Art', 'bricklaying']],
  ['places', ['Art', 'Plumbing', 'bricklaying']],
  ['startsOn', ['bricklaying', 'Plumbing', 'Art']],
  ['of', ['Art', 'bricklaying', 'Plumbing']],
  ['nothing', ['Plumbing', 'Art', 'bricklaying']],
])('by %j it stands as its cells do', (sort, expected) => expect(titles(sort)).toEqual(expected));

it('says what it is sorted by, and the way back', () => {
  const { sorted, own, headings } = prospectusOf(ROWS, { sort: '-startsOn', named: (text) => text });
  expect([sorted, own]).toEqual([expect.stringMatching(/^The list is sorted by starts on, latest first\.$/), '/plan/prospectus']);
  expect(headings.find(({ aria }) => aria === 'descending')?.href).toBe('/plan/prospectus?sort=startsOn');
});
