import { fileName } from './file-name.ts';
import type { Person } from './person.ts';

const headersOf = (disposition?: string) => ({
  headers: new Headers(disposition === undefined ? {} : { 'content-disposition': disposition }),
});
const officer: Person = { kind: 'officer', office: 'dpo-of:forge', staff: 'bea/1', name: 'Bea' };
const learner: Person = { kind: 'learner', learner: 'psn:x', authentication: '', name: '' };

it.each([
  [officer, 'attachment; filename="consents-4711.csv"', 'consents-4711-bea-1.csv'],
  [officer, 'attachment; filename="consent-record.jws"', 'consent-record-bea-1.jws'],
  [officer, undefined, 'list-bea-1.csv'],
  [learner, 'attachment; filename="own-4711.json"', 'own-4711.json'],
])('a copy of %o, %s is called %s', (person, disposition, name) => {
  expect(fileName(headersOf(disposition), person)).toBe(name);
});
