// What a request for a list says, read by the list's own description (views.md, V6 and V16).
import { Problem } from '#http';
import { type Instant, londonDate } from '#kernel';
import { chosenIn, csvHead, csvRow, dayIn, isWorkedOut, type Listing, restsOnThings } from '#read-models';
import { type ListAsked, type ListPage, MOST_ROWS, type ShownRow, USUAL_LIMIT } from '../lists.handlers.ts';
import { purposesOf } from './read-request.ts';

export interface ListHeaders {
  readonly purpose?: string | readonly string[];
}

export type Search = Readonly<Record<string, string>>;

interface Known {
  readonly purposes: ReadonlySet<string>;
  readonly now: Instant;
}

/** Throws `Problem`: 400. */
export const listAskedIn = (list: Listing, search: Search, headers: ListHeaders, { purposes, now }: Known): ListAsked => {
  const { on, ...more } = search;
  const { limit, cursor, filters } = isWorkedOut(list) ? wholeOf(more) : pageOf(more);
  return {
    purposes: purposesFor(list, headerOf(headers.purpose), purposes),
    on: dayOf(on) ?? londonDate(now),
    chosen: chosenOf(list, filters, isWorkedOut(list) ? ['on'] : ['on', 'limit', 'cursor']),
    limit: limitOf(limit),
    ...(cursor === undefined ? {} : { cursor }),
    now,
  };
};

interface PageAsked {
  readonly limit: string | undefined;
  readonly cursor: string | undefined;
  readonly filters: Search;
}

const pageOf = ({ limit, cursor, ...filters }: Search): PageAsked => ({ limit, cursor, filters });

/** What is worked out of all rows comes whole: it has no pages. */
const wholeOf = (filters: Search): PageAsked => ({ limit: undefined, cursor: undefined, filters });

/** What is about no learner is asked for the purposes of the list, where nothing else is said (views.md, V4). */
const purposesFor = (list: Listing, header: string | undefined, known: Known['purposes']): readonly string[] =>
  restsOnThings(list) && header === undefined ? list.purposes : purposesOf(header, known);

const headerOf = (value: string | readonly string[] | undefined): string | undefined => (value === undefined ? undefined : String(value));

export const dayOf = (on: string | undefined, parameter = 'on'): string | undefined => {
  if (on === undefined) return undefined;
  const day = dayIn(on);
  if (day !== undefined) return day;
  throw new Problem(400, 'filter-invalid', `${parameter} takes a day from 2000 to 2099, as 2026-09-07.`, { more: { parameter } });
};

/** `also`: what is taken beside the filters. Throws `Problem`: 400. */
export const chosenOf = ({ filters }: Pick<Listing, 'filters'>, given: Search, also: readonly string[]): ListAsked['chosen'] => {
  const chosen = chosenIn(filters, given, also);
  if (chosen.ok) return chosen.value;
  const { code, says, parameter } = chosen.error;
  throw new Problem(400, code, says, { more: { parameter } });
};

const limitOf = (limit = String(USUAL_LIMIT)): number => {
  const rows = /^[1-9]\d*$/.test(limit) ? Number(limit) : Number.NaN;
  if (rows <= MOST_ROWS) return rows;
  throw new Problem(400, 'limit-malformed', `limit takes a whole number from 1 to ${MOST_ROWS}, in decimal digits.`);
};

// A whole list as CSV (views.md, V7): page by page, each recorded before its rows leave.

const MOST_EXPORTED = 50_000;

const rowLine = (list: Listing, { via, ...row }: ShownRow): string => csvRow(list, { ...row, clauses: via.map(({ clause }) => clause) });

/** Throws where a page fails, or there are more rows than an export may hold: the answer breaks off, so that its reader knows. */
export async function* csvOf(list: Listing, first: ListPage, pageAfter: (cursor: string) => Promise<ListPage>): AsyncGenerator<string> {
  yield csvHead(list);
  let rows = 0;
  for (let page = first; ;) {
    rows += page.rows.length;
    if (rows > MOST_EXPORTED) throw new Error(`An export holds at most ${MOST_EXPORTED} rows: ask by filters, in parts.`);
    yield page.rows.map((row) => rowLine(list, row)).join('');
    if (page.next === undefined) return;
    page = await pageAfter(page.next);
  }
}
