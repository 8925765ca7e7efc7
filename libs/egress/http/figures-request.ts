// What a question for figures says: over which months or days, and which flows.
import { Problem } from '#http';
import { addDays, type IsoDate } from '#kernel';
import { ACCESS_RULES, type AccessRule } from '#read-models';
import type { FlowsAsked, Months, ToExplain } from '../figures.handlers.ts';
import { dayOf, type Search } from './list-request.ts';

/** So far back it is looked where nobody says how far, and at most. */
const USUAL_DAYS = 28;
const MOST_DAYS = 366;
/** With this month a quarter, and a year. */
const MONTHS_OF_FLOWS = 2;
const MONTHS_OF_REPEATS = 11;
const LONGEST_FILTER = 200;

const invalid = (parameter: string, takes: string): Problem =>
  new Problem(400, 'filter-invalid', `${parameter} takes ${takes}.`, { more: { parameter } });

/** Throws `Problem`: 400. */
const only = (search: Search, known: readonly string[]): Search => {
  const strange = Object.keys(search).find((name) => !known.includes(name));
  if (strange === undefined) return search;
  throw new Problem(400, 'filter-unknown', `There is no filter ${strange}: there are ${known.join(', ')}.`, {
    more: { parameter: strange },
  });
};

const MONTH = /^20\d\d-(?:0[1-9]|1[0-2])$/;

const monthOf = (name: string, value: string | undefined): string | undefined => {
  if (value === undefined || MONTH.test(value)) return value;
  throw invalid(name, 'a month from 2000 to 2099, as 2026-09');
};

const monthsBefore = (month: string, months: number): string => {
  const number = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 - months;
  return `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`;
};

/** Until this month, where nobody says until when. Throws `Problem`: 400. */
const monthsIn = (search: Search, today: IsoDate, before: number): Months => {
  const [first, last] = [monthOf('from', search['from']), monthOf('to', search['to'])];
  const month = today.slice(0, 7);
  const to = last ?? (first !== undefined && first > month ? first : month);
  const from = first ?? monthsBefore(to, before);
  return { from, to };
};

/** Throws `Problem`: 400. */
export const repeatsIn = (search: Search, today: IsoDate): Months => monthsIn(only(search, ['from', 'to']), today, MONTHS_OF_REPEATS);

/** Throws `Problem`: 400. */
const textIn = (search: Search, name: 'category' | 'basis'): Partial<Record<'category' | 'basis', string>> => {
  const text = search[name];
  if (text === undefined) return {};
  if (text !== '' && [...text].length <= LONGEST_FILTER) return { [name]: text };
  throw invalid(name, `1 to ${LONGEST_FILTER} characters`);
};

/** Throws `Problem`: 400. */
export const flowsIn = (search: Search, today: IsoDate): Omit<FlowsAsked, 'asker'> => {
  const { count = 'decisions' } = only(search, ['from', 'to', 'category', 'basis', 'count']);
  if (count !== 'decisions' && count !== 'learners') throw invalid('count', 'decisions or learners');
  const months = monthsIn(search, today, MONTHS_OF_FLOWS);
  return { ...months, count, ...textIn(search, 'category'), ...textIn(search, 'basis') };
};

/** Throws `Problem`: 400. */
export const daysIn = (search: Search, today: IsoDate): { readonly from: IsoDate; readonly to: IsoDate } => {
  const given = only(search, ['from', 'to']);
  const to = dayOf(given['to'], 'to') ?? today;
  const from = dayOf(given['from'], 'from') ?? addDays(to, -USUAL_DAYS);
  const earliest = addDays(to, -MOST_DAYS);
  return { from: from < earliest ? earliest : from, to };
};

const LEAST_REASON = 10;
const LONGEST_REASON = 1000;

const textOf = (body: unknown, name: string): string => {
  const value = typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>)[name] : undefined;
  return typeof value === 'string' ? value.trim() : '';
};

/** Throws `Problem`: 400. */
export const explanationIn = (body: unknown): Pick<ToExplain, 'rule' | 'reason' | 'looks'> => {
  const [rule, reason] = [textOf(body, 'rule'), textOf(body, 'reason')];
  if (!isRule(rule)) throw invalid('rule', `one of ${Object.keys(ACCESS_RULES).join(', ')}`);
  const length = [...reason].length;
  if (length < LEAST_REASON || length > LONGEST_REASON) throw invalid('reason', `${LEAST_REASON} to ${LONGEST_REASON} characters`);
  return { rule, reason, ...looksIn(body) };
};

/** Throws `Problem`: 400. */
const looksIn = (body: unknown): Pick<ToExplain, 'looks'> => {
  const looks: unknown = (body as Readonly<Record<string, unknown>>)['looks'];
  if (looks === undefined) return {};
  if (typeof looks === 'number' && Number.isSafeInteger(looks) && looks > 0) return { looks };
  throw invalid('looks', 'a number of looks from 1');
};

const isRule = (text: string): text is AccessRule => Object.hasOwn(ACCESS_RULES, text);
