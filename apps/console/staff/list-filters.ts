// The filters of any list as a form, and what of it is chosen; nothing is sent on that the list does not know.
import type { CodeFields } from '../broker/api-description.ts';
import type { DescribedFilter, DescribedList } from '../broker/list-descriptions.ts';
import { textOf } from '../shell/form.ts';
import { dayText } from '../shell/times.ts';
import { codeText, labelOf, plainly } from './words.ts';

export type Search = Readonly<Record<string, unknown>>;
export type Chosen = Readonly<Record<string, string>>;

export interface FilterField {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly kind: 'select' | 'date' | 'text';
  readonly value: string;
  readonly items: readonly { readonly value: string; readonly text: string; readonly selected: boolean }[];
}

export interface ChosenTag {
  readonly text: string;
  /** The page without it. */
  readonly href: string;
}

const ON: DescribedFilter = { name: 'on', says: 'The day as of whose end it is told; today where none is given.', period: 'day' };

const filtersOf = ({ about, filters }: DescribedList): readonly DescribedFilter[] => (about === 'learners' ? [...filters, ON] : filters);

/** What was given for filters of the list, and no more. */
export const chosenIn = (list: DescribedList, search: Search): Chosen =>
  Object.fromEntries(
    filtersOf(list).flatMap(({ name }) => {
      const value = textOf(search[name]);
      return value === '' ? [] : [[name, value]];
    }),
  );

const kindOf = ({ codes, period }: DescribedFilter): FilterField['kind'] => {
  if (codes) return 'select';
  return period === 'day' ? 'date' : 'text';
};

const HINTS: Readonly<Record<string, string>> = { month: ' For example, 2026-09.', year: ' For example, 2027.' };

/** A filter takes the codes of the column of its name. */
const wordOf = (name: string, code: string, called: CodeFields): string => called.get(name)?.[code] ?? codeText(code);

const itemsOf = ({ name, codes = [], usual }: DescribedFilter, value: string, called: CodeFields): FilterField['items'] => [
  { value: '', text: usual === undefined ? 'Any' : `Usual: ${wordOf(name, usual, called)}`, selected: value === '' },
  ...codes.map((code) => ({ value: code, text: wordOf(name, code, called), selected: value === code })),
];

/** As a filter `to` is a day, and in a row whom somebody was referred to. */
const filterLabel = (name: string): string => (name === 'to' ? 'To' : labelOf(name));

export const fieldsOf = (list: DescribedList, chosen: Chosen, called: CodeFields = new Map()): readonly FilterField[] =>
  filtersOf(list).map((filter) => {
    const { name, says, period = '' } = filter;
    const value = chosen[name] ?? '';
    return {
      name,
      label: filterLabel(name),
      hint: `${plainly(says)}${HINTS[period] ?? ''}`,
      kind: kindOf(filter),
      value,
      items: itemsOf(filter, value, called),
    };
  });

export const hrefOf = (path: string, search: Readonly<Record<string, string | undefined>>): string => {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) if (value !== undefined && value !== '') given.set(name, value);
  return given.size === 0 ? path : `${path}?${given.toString()}`;
};

const DAY = /^\d{4}-\d{2}-\d{2}$/;

const chosenText = (value: string): string => (DAY.test(value) && !Number.isNaN(Date.parse(value)) ? dayText(value) : value);

export interface ChosenOf {
  readonly chosen: Chosen;
  readonly path: string;
  readonly codes?: CodeFields;
  /** Of what a filter says: agencies by their names. */
  readonly named?: (text: string) => string;
  /** What else the address says, which stays. */
  readonly kept?: Readonly<Record<string, string | undefined>>;
}

export const tagsOf = (
  list: DescribedList,
  { chosen, path, codes: called = new Map(), named = (text) => text, kept = {} }: ChosenOf,
): readonly ChosenTag[] =>
  filtersOf(list).flatMap(({ name, codes }) => {
    const value = chosen[name];
    if (value === undefined) return [];
    return [
      {
        text: `${filterLabel(name)}: ${codes ? wordOf(name, value, called) : named(chosenText(value))}`,
        href: hrefOf(path, { ...chosen, ...kept, [name]: undefined }),
      },
    ];
  });
