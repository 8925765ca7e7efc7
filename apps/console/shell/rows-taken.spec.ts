import { rowsTaken } from './rows-taken.ts';

it.each([
  [{ rows: 1, goesOn: false }, '1 row will be recorded as seen by you.'],
  [{ rows: 1200, goesOn: false }, '1,200 rows will be recorded as seen by you.'],
  [{ rows: 50, goesOn: true }, 'More than 50 rows, all pages up to 50,000, will be recorded as seen by you.'],
  [{ rows: 1, goesOn: true }, 'More than 1 row, all pages up to 50,000, will be recorded as seen by you.'],
  [{ rows: 0, goesOn: true }, 'All pages, up to 50,000 rows, will be recorded as seen by you.'],
])('of %j a link says: %s', (page, says) => {
  expect(rowsTaken(page, 'recorded as seen by you')).toBe(says);
});
