// A whole list as CSV (views.md, V7): page by page, each recorded before its rows leave.
import { csvHead, csvRow, type List } from '#read-models';
import type { ListPage, ShownRow } from '../list-queries.ts';

const MOST_EXPORTED = 50_000;

const rowLine = ({ fields }: List, { via, ...row }: ShownRow): string =>
  csvRow(fields, { ...row, clauses: via.map(({ clause }) => clause) });

/** Throws where a page fails, or there are more rows than an export may hold: the answer breaks off, so that its reader knows. */
export async function* csvOf(list: List, first: ListPage, pageAfter: (cursor: string) => Promise<ListPage>): AsyncGenerator<string> {
  yield csvHead(list.fields);
  let rows = 0;
  for (let page = first; ;) {
    rows += page.rows.length;
    if (rows > MOST_EXPORTED) throw new Error(`An export holds at most ${MOST_EXPORTED} rows: ask by filters, in parts.`);
    yield page.rows.map((row) => rowLine(list, row)).join('');
    if (page.next === undefined) return;
    page = await pageAfter(page.next);
  }
}
