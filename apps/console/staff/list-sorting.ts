// In which order the rows of a list stand on its page and in its file, and what its headings lead to (console.md, 3; ADR 77).
import type { CodeFields } from '../broker/api-description.ts';
import type { DescribedList } from '../broker/list-descriptions.ts';
import { type SortKey, type SortKind, sorted, type Sorting } from '../shell/sorting.ts';
import { type Cell, cellOf, type Row } from './list-rows.ts';

/** The first column: whoever a row is about, by the family name. */
export const LEARNER = 'learner';

export const sortableIn = ({ about, table }: Pick<DescribedList, 'about' | 'table'>): readonly string[] =>
  about === 'learners' ? [LEARNER, ...table] : table;

export interface Keying {
  readonly codes: CodeFields;
  /** Of what a cell says: agencies by their names. */
  readonly named: (text: string) => string;
}

const shownIn = ({ text, day, tags }: Cell): string => day ?? tags?.map((tag) => tag.text).join('; ') ?? text ?? '';

const textIn = (row: Row, name: string): string => (typeof row[name] === 'string' ? row[name] : '');

/** Pseudonyms are in no order that says anything: whoever has neither name nor id stands last. */
const personKey = (row: Row): string => {
  const name = [textIn(row, 'familyName'), textIn(row, 'givenName')].filter((one) => one !== '').join(' ');
  return name || textIn(row, 'localId');
};

export const keyIn =
  ({ codes, named }: Keying, { by }: Sorting): ((row: Row) => SortKey) =>
  (row) => {
    if (by === LEARNER) return personKey(row);
    const cell = cellOf(row, by, codes);
    const shown = shownIn(cell);
    if (cell.isNumeric === true) return Number(shown);
    return cell.day === undefined ? named(shown) : shown;
  };

export const kindIn = (rows: readonly Row[], { by }: Sorting, codes: CodeFields): SortKind => {
  const cells = by === LEARNER ? [] : rows.map((row) => cellOf(row, by, codes));
  if (cells.some(({ day }) => day !== undefined)) return 'day';
  return cells.some(({ isNumeric }) => isNumeric === true) ? 'number' : 'text';
};

export const rowsSorted = (rows: readonly Row[], sorting: Sorting, keying: Keying): readonly Row[] =>
  sorted(rows, keyIn(keying, sorting), sorting);
