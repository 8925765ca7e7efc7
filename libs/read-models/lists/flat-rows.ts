// A row as a line of a table: the JSON names joined by `_`, lists joined by `; ` (views.md, V7).
import { csvLine } from '#strict-text';
import type { Cell, Field, Fields } from './fields.ts';
import { type Listing, namesNobody } from './worked-out.ts';

export const hasParts = (field: Field): field is Extract<Field, { readonly fields: Fields }> => 'fields' in field;

export const columnsOf = (fields: Fields): readonly string[] =>
  Object.entries(fields).flatMap(([name, field]) => (hasParts(field) ? columnsOf(field.fields).map((part) => `${name}_${part}`) : [name]));

type Row = Readonly<Record<string, unknown>>;

const cellText = (value: unknown): string =>
  Array.isArray(value) ? value.map(cellText).join('; ') : String((value as Cell | undefined) ?? '');

/** In the order of `columnsOf`. */
export const cellsOf = (fields: Fields, row: Row): readonly string[] =>
  Object.entries(fields).flatMap(([name, field]) => {
    const value = row[name];
    if (!hasParts(field)) return [cellText(value)];
    const rows = (Array.isArray(value) ? value : [value ?? {}]) as readonly Row[];
    const each = rows.map((one) => cellsOf(field.fields, one));
    return columnsOf(field.fields).map((_, place) => each.map((cells) => cells[place] ?? '').join('; '));
  });

/** A row as it is told: whose it is, if anybody's, what it says, and what it rests on. */
export interface FlatRow {
  readonly learner?: string | undefined;
  readonly localId?: string | undefined;
  readonly row: Row;
  readonly clauses: readonly string[];
}

/** What names no learner has no columns that name one. */
const ofLearner = (list: Listing, cells: readonly string[]): readonly string[] => (namesNobody(list) ? [] : cells);

export const csvHead = (list: Listing): string =>
  csvLine([...ofLearner(list, ['learner', 'localId']), ...columnsOf(list.fields), 'clauses']);

export const csvRow = (list: Listing, { learner = '', localId = '', row, clauses }: FlatRow): string =>
  csvLine([...ofLearner(list, [learner, localId]), ...cellsOf(list.fields, row), [...new Set(clauses)].join(' ')]);
