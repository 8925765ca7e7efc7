// What a request for a list says, read by the list's own description (views.md, V6 and V16).
import { Problem } from '#http';
import { type Instant, londonDate } from '#kernel';
import { chosenIn, dayIn, type List } from '#read-models';
import { type ListAsked, MOST_ROWS, USUAL_LIMIT } from '../list-queries.ts';
import { minPositionOf, purposesOf } from './read-request.ts';

export interface ListHeaders {
  readonly purpose?: string | readonly string[];
  readonly 'concordat-min-position'?: string | readonly string[];
}

export type Search = Readonly<Record<string, string>>;

interface Known {
  readonly purposes: ReadonlySet<string>;
  readonly now: Instant;
}

/** Throws `Problem`: 400. */
export const listAskedIn = (list: List, search: Search, headers: ListHeaders, { purposes, now }: Known): ListAsked => {
  const { on, limit, cursor, ...filters } = search;
  return {
    purposes: purposesOf(headerOf(headers.purpose), purposes),
    on: dayOf(on) ?? londonDate(now),
    chosen: chosenOf(list, filters),
    limit: limitOf(limit),
    ...(cursor === undefined ? {} : { cursor }),
    minPosition: minPositionOf(headerOf(headers['concordat-min-position'])),
    now,
  };
};

const headerOf = (value: string | readonly string[] | undefined): string | undefined => (value === undefined ? undefined : String(value));

const dayOf = (on: string | undefined): string | undefined => {
  if (on === undefined) return undefined;
  const day = dayIn(on);
  if (day !== undefined) return day;
  throw new Problem(400, 'filter-invalid', 'on takes a day from 2000 to 2099, as 2026-09-07.', { more: { parameter: 'on' } });
};

const chosenOf = (list: List, filters: Search): ListAsked['chosen'] => {
  const chosen = chosenIn(list.filters, filters);
  if (chosen.ok) return chosen.value;
  const { code, says, parameter } = chosen.error;
  throw new Problem(400, code, says, { more: { parameter } });
};

const limitOf = (limit = String(USUAL_LIMIT)): number => {
  const rows = /^[1-9]\d*$/.test(limit) ? Number(limit) : Number.NaN;
  if (rows <= MOST_ROWS) return rows;
  throw new Problem(400, 'limit-malformed', `limit takes a whole number from 1 to ${MOST_ROWS}, in decimal digits.`);
};
