// Rows of any list as cells of a table: days, codes with a tag, numbers, and who it is about, by the name or the id that the agency knows.
import type { CodeFields, CodeWords } from '../broker/api-description.ts';
import type { DescribedList } from '../broker/list-descriptions.ts';
import type { Grouping } from './list-pages.ts';
import { codeText, labelOf, yesNo } from './words.ts';

export type Row = Readonly<Record<string, unknown>>;

export interface Tag {
  readonly text: string;
  readonly colour: 'red' | 'yellow' | 'grey' | 'green';
}

export interface Cell {
  readonly text?: string;
  /** `YYYY-MM-DD`. */
  readonly day?: string;
  readonly tags?: readonly Tag[];
  readonly isNumeric?: boolean;
}

export interface Column {
  readonly name: string;
  readonly label: string;
  readonly isNumeric: boolean;
}

export interface ShownRow {
  readonly learner?: { readonly name: string; readonly ref: string };
  readonly cells: readonly Cell[];
}

export interface ShownTable {
  /** Whether a first column says who a row is about. */
  readonly hasLearners: boolean;
  /** So many columns say what is amiss; behind them stands what to do. */
  readonly leads: number;
  readonly columns: readonly Column[];
  readonly rows: readonly ShownRow[];
  /** All rows, part by part, where they are told by day and provider. */
  readonly groups?: readonly ShownGroup[];
}

/** They stand together, in the first column. */
const PERSON: readonly string[] = ['localId', 'givenName', 'familyName'];

/** What stands in a row under the joined name; of several groups all. */
const valueAt = (row: unknown, path: readonly string[]): unknown => {
  const [name, ...rest] = path;
  if (name === undefined || row === null || row === undefined) return row;
  if (Array.isArray(row)) return row.map((one) => valueAt(one, path));
  return valueAt((row as Row)[name], rest);
};

export const cellOf = (row: Row, column: string, codes: CodeFields = NO_CODES): Cell =>
  cellFor(valueAt(row, column.split('_')), { column, words: codes.get(column) });

const NO_CODES: CodeFields = new Map();

/** `words`: of codes, present where the column holds codes. */
interface Asked {
  readonly column: string;
  readonly words: CodeWords | undefined;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const TAGGED: readonly string[] = ['state', 'attention', 'severity', 'standing', 'answer', 'currency'];
/** Flags that say what is amiss, by what they say where they hold and where they do not. */
const FLAGS: Readonly<Record<string, readonly [yes: Tag | undefined, no: Tag | undefined]>> = {
  adviserAssigned: [
    { text: 'linked', colour: 'grey' },
    { text: 'not linked', colour: 'red' },
  ],
  overdue: [{ text: 'overdue', colour: 'red' }, undefined],
  stale: [{ text: 'stale', colour: 'yellow' }, undefined],
};

const isTagged = (column: string): boolean => TAGGED.includes(column.split('_').at(-1) ?? '') || column in FLAGS;

const flagCell = (value: boolean, column: string): Cell => {
  const flag = FLAGS[column];
  if (flag === undefined) return { text: yesNo(value) };
  const tag = value ? flag[0] : flag[1];
  return tag ? { tags: [tag] } : { text: '' };
};

type Scalar = string | number | boolean;

const isScalar = (value: unknown): value is Scalar => ['string', 'number', 'boolean'].includes(typeof value);

const scalarText = (value: Scalar): string => (typeof value === 'boolean' ? yesNo(value) : String(value));

const cellFor = (value: unknown, { column, words }: Asked): Cell => {
  if (typeof value === 'number') return { text: String(value), isNumeric: true };
  if (typeof value === 'boolean') return flagCell(value, column);
  const texts = [value]
    .flat(3)
    .filter(isScalar)
    .map(scalarText)
    .filter((text) => text !== '');
  if (isTagged(column)) return texts.length === 0 ? { text: '' } : { tags: texts.map((text) => tagOf(text, words?.[text])) };
  return textCell(words === undefined ? texts : texts.map((code) => words[code] ?? codeText(code)));
};

const textCell = (texts: readonly string[]): Cell => {
  const [only = ''] = texts;
  return texts.length === 1 && DAY.test(only) ? { day: only } : { text: texts.join('; ') };
};

const RED = /overdue|missing|missed|lapsed|expired|blocks|shortfall|lapsed/;
const YELLOW =
  /^(?:due|waiting|open|to-.*|agreed-anew|queried|at-risk|no-application|unanswered|attendance-.*|referral-declined|leaver-.*)$/;
const GREEN = /^(?:discharged|held|signed|accepted|allocated|valid|met|done|in-learning|enrolled)$/;

/** The colour never stands alone: the word is in it. */
export const tagOf = (code: string, called?: string): Tag => {
  const text = called ?? codeText(code);
  if (RED.test(code)) return { text, colour: 'red' };
  if (YELLOW.test(code)) return { text, colour: 'yellow' };
  return { text, colour: GREEN.test(code) ? 'green' : 'grey' };
};

const textIn = (row: Row, name: string): string => (typeof row[name] === 'string' ? row[name] : '');

const SHORT_LENGTH = 12;

/** The name, where a clause shows one; else the agency's own id; else the beginning of its pseudonym. */
export const nameOf = (row: Row): string => {
  const name = [textIn(row, 'givenName'), textIn(row, 'familyName')].filter((one) => one !== '').join(' ');
  return name || textIn(row, 'localId') || `${textIn(row, 'learner').slice(0, SHORT_LENGTH)}…`;
};

/** How the rest of an answer names its learner: by a name sealed for this agency, so that no number stands in an address. */
export const learnerIn = (row: Row): ShownRow['learner'] | undefined => {
  const ref = textIn(row, 'learner');
  return ref === '' ? undefined : { name: nameOf(row), ref: encodeURIComponent(ref) };
};

/** Rows of one day and provider. */
export interface ShownGroup {
  readonly day?: string;
  readonly of?: string;
  /** In the order of the table. */
  readonly first: number;
  readonly count: number;
}

const groupsIn = (rows: readonly Row[], { dayOf }: Grouping): readonly ShownGroup[] =>
  rows.reduce<readonly ShownGroup[]>((groups, row, place) => {
    const [day, of] = [dayOf(row), row['of']].map((one) => (typeof one === 'string' ? one : undefined));
    const last = groups.at(-1);
    if (last !== undefined && last.day === day && last.of === of) return [...groups.slice(0, -1), { ...last, count: last.count + 1 }];
    return [...groups, { first: place, count: 1, ...(day !== undefined && { day }), ...(of !== undefined && { of }) }];
  }, []);

export interface Tabling {
  readonly grouped?: Grouping | undefined;
  readonly codes?: CodeFields;
}

export const tableOf = (
  { about, table }: Pick<DescribedList, 'about' | 'table'>,
  rows: readonly Row[],
  { grouped, codes }: Tabling = {},
): ShownTable => {
  const others = table.filter((column) => !PERSON.includes(column) && grouped?.columns.includes(column) !== true);
  // What is amiss stands first: a narrow screen shows the first columns.
  const leads = about === 'counts' ? [] : others.filter(isTagged);
  const names = [...leads, ...others.filter((column) => !leads.includes(column))];
  const cells = rows.map((row) => names.map((column) => cellOf(row, column, codes)));
  const columns = names.map((column, place) => ({
    name: column,
    label: labelOf(column),
    isNumeric: cells.some((all) => all[place]?.isNumeric === true),
  }));
  return {
    hasLearners: about === 'learners',
    leads: leads.length,
    columns,
    ...(grouped && { groups: groupsIn(rows, grouped) }),
    rows: rows.map((row, place) => {
      const learner = learnerIn(row);
      return { ...(learner && { learner }), cells: cells[place] ?? [] };
    }),
  };
};
