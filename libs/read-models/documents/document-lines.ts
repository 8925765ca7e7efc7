// A document as lines of a table: one for each entry of each part, with what stands beside the parts on every line (views.md, V7).
import { csvLine } from '#strict-text';
import { cellsOf, columnsOf, type Field, type Fields, hasParts } from '../lists/index.ts';
import type { Content } from './document.ts';

type Part = Extract<Field, { readonly fields: Fields }>;

const partsIn = (fields: Fields): readonly (readonly [string, Part])[] =>
  Object.entries(fields).flatMap(([name, field]) => (hasParts(field) ? [[name, field] as const] : []));

const besideIn = (fields: Fields): Fields => Object.fromEntries(Object.entries(fields).filter(([, field]) => !hasParts(field)));

const columnsOfParts = (fields: Fields): readonly string[] => [
  ...new Set(partsIn(fields).flatMap(([, { fields: inside }]) => columnsOf(inside))),
];

/** Where there is more than one part, the first column names it; parts share the columns that have one name. */
export const documentColumns = (fields: Fields): readonly string[] => [
  ...(partsIn(fields).length > 1 ? ['part'] : []),
  ...columnsOf(besideIn(fields)),
  ...columnsOfParts(fields),
];

const entriesOf = (value: unknown): readonly Content[] => {
  if (Array.isArray(value)) return value as readonly Content[];
  return value === null || value === undefined ? [] : [value as Content];
};

export interface DocumentLine {
  readonly part: string;
  /** By column. */
  readonly cells: ReadonlyMap<string, string>;
}

const lineOf = (part: string, fields: Fields, entry: Content): DocumentLine => {
  const cells = cellsOf(fields, entry);
  return { part, cells: new Map(columnsOf(fields).map((column, place) => [column, cells[place] ?? ''])) };
};

/** Of each part, in order. */
export const documentLines = (fields: Fields, content: Content): readonly DocumentLine[] =>
  partsIn(fields).flatMap(([name, { fields: inside }]) => entriesOf(content[name]).map((entry) => lineOf(name, inside, entry)));

/** What stands beside the parts. */
export const besideParts = (fields: Fields, content: Content): DocumentLine => lineOf('', besideIn(fields), content);

export interface FlatDocument {
  readonly learner: string;
  readonly localId?: string | undefined;
  readonly content: Content;
  readonly clauses: readonly string[];
}

export const documentCsv = (fields: Fields, { learner, localId = '', content, clauses }: FlatDocument): string => {
  const columns = documentColumns(fields);
  const beside = besideParts(fields, content);
  const cited = [...new Set(clauses)].join(' ');
  const cellIn = ({ part, cells }: DocumentLine, column: string): string =>
    column === 'part' ? part : (cells.get(column) ?? beside.cells.get(column) ?? '');
  const lines = documentLines(fields, content).map((line) =>
    csvLine([learner, localId, ...columns.map((column) => cellIn(line, column)), cited]),
  );
  return [csvLine(['learner', 'localId', ...columns, 'clauses']), ...lines].join('');
};
