// What documents have in common: how they are declared, and how each is told as lines of a table.
import { shippedCatalogue } from '#catalogue';
import { MERGED_IDENTITY } from '#sharing-protocols';
import { allDocuments } from '../all-views.ts';
import { columnsOf, exampleRow } from '../lists/index.ts';
import { documentColumns, documentCsv, documentLines } from './document-lines.ts';

const known = new Set<string>([...shippedCatalogue().types.map(({ short }) => short), MERGED_IDENTITY]);

describe.each(allDocuments.map((document) => [document.name, document] as const))('%s', (_, document) => {
  const { fields, items, filters, path, name } = document;

  it('is made of kinds that the catalogue has', () => {
    expect(items.types.filter((type) => !known.has(type))).toEqual([]);
  });

  it('has columns that are told apart', () => {
    const columns = documentColumns(fields);
    expect(new Set(columns).size).toBe(columns.length);
    expect(columns.filter((column) => ['learner', 'localId', 'clauses'].includes(column))).toEqual([]);
  });

  it('is told as lines each of which has as many cells as there are columns', () => {
    const content = exampleRow(fields);
    const lines = documentCsv(fields, { learner: 'psn:x', content, clauses: ['own', 'own'] })
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(','));
    expect(new Set(lines.map((line) => line.length))).toEqual(new Set([documentColumns(fields).length + 3]));
    expect(lines.length).toBe(documentLines(fields, content).length + 1);
    expect(lines.every((line, place) => line.at(-1) === (place === 0 ? 'clauses' : 'own'))).toBe(true);
  });

  it('takes no parameter that another meaning has', () => {
    expect(Object.keys(filters).filter((filter) => ['on', 'cursor', 'limit', 'ref'].includes(filter))).toEqual([]);
    expect([path.startsWith('/'), /^[a-z0-9/-]+$/.test(path), /^[a-z0-9-]+$/.test(name)]).toEqual([false, true, true]);
  });
});

it('documents have names and paths of their own, none of which is a question about a learner', () => {
  const taken = [...allDocuments.map(({ path }) => path), 'passport', 'assessments', 'timeline', 'lookup'];
  expect(new Set(taken).size).toBe(taken.length);
  expect(new Set(allDocuments.map(({ name }) => name)).size).toBe(allDocuments.length);
});

it('what stands beside the parts is repeated on each of their lines', () => {
  const apir = allDocuments.find(({ name }) => name === 'apir');
  if (!apir) throw new Error('There is no APIR.');
  const factor = (code: string): object => ({ code, level: 2, previousLevel: null, previousOn: null });
  const content = {
    assessmentId: 'a',
    assessedOn: null,
    validUntil: null,
    by: '=bct',
    factors: [factor('housing'), factor('income')],
    urgent: ['x', 'y'],
  };
  expect(documentCsv(apir.fields, { learner: 'psn:x', localId: 'l', content, clauses: ['c'] }).split('\r\n')).toEqual([
    'learner,localId,assessmentId,assessedOn,validUntil,by,urgent,code,level,previousLevel,previousOn,clauses',
    "psn:x,l,a,,,'=bct,x; y,housing,2,,,c",
    "psn:x,l,a,,,'=bct,x; y,income,2,,,c",
    '',
  ]);
  expect(columnsOf(apir.fields)).toContain('factors_code');
});
