// Rows of any list as cells of a table: days, codes with a tag, numbers, and who it is about, by the name or the id that the agency knows.
import type { DescribedList } from '../broker/list-descriptions.ts';
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
  readonly columns: readonly Column[];
  readonly rows: readonly ShownRow[];
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

export const cellOf = (row: Row, column: string): Cell => cellFor(valueAt(row, column.split('_')), column);

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

const cellFor = (value: unknown, column: string): Cell => {
  if (typeof value === 'number') return { text: String(value), isNumeric: true };
  if (typeof value === 'boolean') return flagCell(value, column);
  const texts = [value]
    .flat(3)
    .filter(isScalar)
    .map(scalarText)
    .filter((text) => text !== '');
  if (isTagged(column)) return texts.length === 0 ? { text: '' } : { tags: texts.map(tagOf) };
  return textCell(texts);
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
export const tagOf = (code: string): Tag => {
  const text = codeText(code);
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

export interface Strip {
  readonly title: string;
  readonly weeks: readonly { readonly label: string; readonly count: number }[];
}

const FIRST_WEEKS = 12;

/** In which week of their programme the learners of this page left: the first twelve decide. */
export const twelveWeeks = (rows: readonly Row[]): Strip | undefined => {
  const weeks = rows.flatMap(({ week }) => (typeof week === 'number' ? [week] : []));
  if (weeks.length === 0) return undefined;
  const within = Array.from({ length: FIRST_WEEKS }, (_, place) => ({
    label: String(place + 1),
    count: weeks.filter((week) => week === place + 1).length,
  }));
  const later = { label: 'later', count: weeks.filter((week) => week > FIRST_WEEKS).length };
  const early = weeks.length - later.count;
  return { title: `${early} of ${weeks.length} on this page left within the first twelve weeks`, weeks: [...within, later] };
};

export const tableOf = ({ about, table }: Pick<DescribedList, 'about' | 'table'>, rows: readonly Row[]): ShownTable => {
  const others = table.filter((column) => !PERSON.includes(column));
  // What is amiss stands first: a narrow screen shows the first columns.
  const names = [...others.filter(isTagged), ...others.filter((column) => !isTagged(column))];
  const cells = rows.map((row) => names.map((column) => cellOf(row, column)));
  const columns = names.map((column, place) => ({
    label: labelOf(column),
    isNumeric: cells.some((all) => all[place]?.isNumeric === true),
  }));
  return {
    hasLearners: about === 'learners',
    columns,
    rows: rows.map((row, place) => {
      const learner = learnerIn(row);
      return { ...(learner && { learner }), cells: cells[place] ?? [] };
    }),
  };
};
