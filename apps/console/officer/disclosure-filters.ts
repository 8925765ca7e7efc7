// The filters of who saw what as a form, and what of them is chosen (console.md, /dpo/learners/{ref}/disclosures).
import { dayText } from '../shell/times.ts';
import { hrefOfLearner } from './found.ts';
import { say } from './say.ts';
import { type Search, searchWithout, withSearch } from './search.ts';

interface Choice {
  readonly value: string;
  readonly text: string;
}

export interface FilterField {
  readonly name: string;
  readonly label: string;
  readonly kind: 'select' | 'date' | 'text';
  readonly hint?: string;
  readonly items?: readonly Choice[];
}

const ANY: Choice = { value: '', text: 'Any' };

export const DISCLOSURE_FIELDS: readonly FilterField[] = [
  {
    name: 'outcome',
    label: 'Outcome',
    kind: 'select',
    items: [
      ANY,
      { value: 'answered', text: 'Answered' },
      { value: 'refused', text: 'Refused' },
      { value: 'not-permitted', text: 'Refused: no clause permits it' },
      { value: 'not-known', text: 'Refused: nothing to do with the learner' },
    ],
  },
  {
    name: 'route',
    label: 'How',
    kind: 'select',
    items: [ANY, ...['learner', 'list', 'aggregate', 'feed', 'look'].map((value) => ({ value, text: say.capital(say.route(value)) }))],
  },
  { name: 'recipient', label: 'Who', kind: 'text', hint: 'An agency’s short name, such as connexions-north' },
  { name: 'staff', label: 'Member of staff', kind: 'text' },
  { name: 'purpose', label: 'Purpose', kind: 'text', hint: 'Such as plan-learning' },
  { name: 'category', label: 'Category', kind: 'text', hint: 'Such as assessment' },
  { name: 'clause', label: 'Clause', kind: 'text', hint: 'Such as e2e-passport@1#EP3' },
  { name: 'basis', label: 'Basis', kind: 'text', hint: 'Such as 6(1)(e)' },
  { name: 'consent', label: 'Consent', kind: 'text', hint: 'As decisions name it, such as connexions-north/consent-1' },
  { name: 'from', label: 'From the day', kind: 'date' },
  { name: 'to', label: 'To the day', kind: 'date' },
];

export const DISCLOSURE_FILTERS = DISCLOSURE_FIELDS.map(({ name }) => name);

export interface ChosenFilter {
  readonly text: string;
  /** The page without it. */
  readonly href: string;
}

export const pathOfDisclosures = (ref: string): string => `${hrefOfLearner(ref)}/disclosures`;

/** Of what a filter says: agencies by their names, all else as it is. */
export type Named = (text: string) => string;

const isDay = (value: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value));

const chosenText = ({ kind, items }: FilterField, value: string, named: Named): string =>
  items?.find((one) => one.value === value)?.text ?? (kind === 'date' && isDay(value) ? dayText(value) : named(value));

export interface ChosenOn {
  readonly path: string;
  readonly named: Named;
}

/** What is chosen on the page of that path, each with the way to do without it. */
export const filtersChosen = (fields: readonly FilterField[], filters: Search, { path, named }: ChosenOn): readonly ChosenFilter[] =>
  fields.flatMap((field) => {
    const { name, label } = field;
    const value = filters[name];
    if (value === undefined) return [];
    return [{ text: `${label}: ${chosenText(field, value, named)}`, href: withSearch(path, searchWithout(filters, name)) }];
  });

export const chosenFilters = (ref: string, filters: Search, named: Named): readonly ChosenFilter[] =>
  filtersChosen(DISCLOSURE_FIELDS, filters, { path: pathOfDisclosures(ref), named });

/** The same question as a file. */
export const fileOfDisclosures = (ref: string, filters: Search): string =>
  withSearch(`${pathOfDisclosures(ref)}.csv`, searchWithout(filters));

/** What taking the file away leaves behind. */
export const fileSays = (total: number): string =>
  `${say.count(total, 'row')} will be recorded as seen by you, with when and which filters; the learner will see that you looked.`;
