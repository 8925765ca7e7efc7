// In which order the rows of a page stand, and what the headings of its columns lead to.
import { headingOf, sorted, sortedSays, sortingIn, sortingText } from './sorting.ts';

const by = (keys: readonly (string | number)[], isDescending = false): readonly (string | number)[] =>
  sorted(keys, (key) => key, { isDescending });

describe('rows', () => {
  it.each([
    [
      ['b', 'a10', 'a9', 'É', 'e'],
      ['a9', 'a10', 'b', 'É', 'e'],
    ],
    [
      [10, 9, -1.5, 1.25, 1.5],
      [-1.5, 1.25, 1.5, 9, 10],
    ],
    [
      ['2026-10-30', '2026-09-30', '2027-01-01'],
      ['2026-09-30', '2026-10-30', '2027-01-01'],
    ],
  ])('%j stand as people sort', (keys, expected) => {
    expect(by(keys)).toEqual(expected);
  });

  it('that show nothing stand last, whichever way', () => {
    expect([by(['', 'b', '', 'a']), by(['', 'a', '', 'b'], true)]).toEqual([
      ['a', 'b', '', ''],
      ['b', 'a', '', ''],
    ]);
  });

  it('that show the same stay as they came, whichever way', () => {
    const rows = [
      { id: 1, state: 'due' },
      { id: 2, state: 'held' },
      { id: 3, state: 'due' },
    ];
    const ids = (isDescending: boolean): readonly number[] => sorted(rows, ({ state }) => state, { isDescending }).map(({ id }) => id);
    expect([ids(false), ids(true)]).toEqual([
      [1, 3, 2],
      [2, 1, 3],
    ]);
  });
});

it('an order is of a column that there is, or none', () => {
  expect(sortingIn('-dueOn', ['dueOn'])).toEqual({ by: 'dueOn', isDescending: true });
  expect(sortingText({ by: 'dueOn', isDescending: true })).toBe('-dueOn');
  for (const odd of ['', '-', 'dueon', '--dueOn', 'constructor', '<script>']) expect(sortingIn(odd, ['dueOn'])).toBeUndefined();
});

it('a heading leads to its order, and the one that is chosen to the reverse', () => {
  const column = { name: 'dueOn', label: 'Due on' };
  const href = (sort: string): string => `/x?sort=${sort}`;
  const told = [undefined, { by: 'of', isDescending: true }, { by: 'dueOn', isDescending: false }, { by: 'dueOn', isDescending: true }].map(
    (sorting) => headingOf(column, sorting, href),
  );
  expect(told.map((one) => [one.aria, one.href])).toEqual([
    ['none', '/x?sort=dueOn'],
    ['none', '/x?sort=dueOn'],
    ['ascending', '/x?sort=-dueOn'],
    ['descending', '/x?sort=dueOn'],
  ]);
});

it('it is said what is sorted, and where it is this page alone', () => {
  const said = { label: 'Due on', kind: 'day', isDescending: false, rows: 3, goesOn: false } as const;
  expect(sortedSays(said)).toBe('The list is sorted by due on, earliest first.');
  expect(sortedSays({ ...said, kind: 'number', isDescending: true, goesOn: true })).toBe(
    'Only the 3 rows of this page are sorted by due on, largest first: other pages hold more of the list. Filters make it short enough to be sorted as a whole.',
  );
});
