// The filters of consents across learners as a form (console.md, /dpo/consents).
import type { Purpose } from '../broker/agreements.ts';
import { type ChosenFilter, type FilterField, filtersChosen, type Named } from './disclosure-filters.ts';
import { say } from './say.ts';
import type { Search } from './search.ts';

const STATUSES = ['given', 'renewed', 'paused', 'withdrawn', 'expired', 'refused', 'invalidated'];
const METHODS = ['signed-form', 'online', 'verbal-witnessed'];
const GIVEN_BY = ['learner', 'parent-or-carer'];

export const CONSENT_FILTERS = [
  ...['status', 'protocol', 'purpose', 'category', 'recipient', 'method', 'notice', 'givenBy', 'capturedBy', 'expiresBefore'],
] as const;

export interface Offered {
  readonly purposes: readonly Purpose[];
  readonly protocols: readonly { readonly id: string; readonly title: string }[];
}

const anyOf = (choices: readonly (readonly [string, string])[]): NonNullable<FilterField['items']> => [
  { value: '', text: 'Any' },
  ...choices.map(([value, text]) => ({ value, text })),
];
const coded = (codes: readonly string[]): NonNullable<FilterField['items']> => anyOf(codes.map((code) => [code, say.code(code)]));

/** Agreements and purposes are chosen among those that there are; an agency may be one that takes part no more. */
export const consentFields = ({ purposes, protocols }: Offered): readonly FilterField[] => [
  { name: 'status', label: 'Status', kind: 'select', items: coded(STATUSES) },
  { name: 'protocol', label: 'Agreement', kind: 'select', items: anyOf(protocols.map(({ id, title }) => [id, title])) },
  { name: 'purpose', label: 'Purpose', kind: 'select', items: coded(purposes.map(({ id }) => id)) },
  { name: 'category', label: 'Category', kind: 'text', hint: 'Such as assessment' },
  { name: 'recipient', label: 'Recipient', kind: 'text', hint: 'A role, or an agency’s short name' },
  { name: 'method', label: 'Method', kind: 'select', items: coded(METHODS) },
  { name: 'notice', label: 'Notice', kind: 'text', hint: 'Its id, or one version as id@version' },
  { name: 'givenBy', label: 'Given by', kind: 'select', items: coded(GIVEN_BY) },
  { name: 'capturedBy', label: 'Recorded by', kind: 'text', hint: 'An agency’s short name, such as connexions-north' },
  { name: 'expiresBefore', label: 'Ends before the day', kind: 'date' },
];

export const consentsChosen = (fields: readonly FilterField[], filters: Search, named: Named): readonly ChosenFilter[] =>
  filtersChosen(fields, filters, { path: '/dpo/consents', named });
