// A whole list as CSV (views.md, V7): page by page, each recorded before its rows leave.
import { cellsOf, columnsOf, csvLine, type List } from '#read-models';
import type { ListPage, ToldRow } from '../list-queries.ts';

const MOST_EXPORTED = 50_000;

export const headLine = (list: List): string => csvLine(['learner', 'localId', ...columnsOf(list.fields), 'clauses']);

const rowLine = ({ fields }: List, { learner, localId = '', row, via }: ToldRow): string =>
  csvLine([learner, localId, ...cellsOf(fields, row), [...new Set(via.map(({ clause }) => clause))].join(' ')]);

/** Throws where a page fails, or there are more rows than an export may hold: the answer breaks off, so that its reader knows. */
export async function* csvOf(list: List, first: ListPage, pageAfter: (cursor: string) => Promise<ListPage>): AsyncGenerator<string> {
  yield headLine(list);
  let rows = 0;
  for (let page = first; ;) {
    rows += page.rows.length;
    if (rows > MOST_EXPORTED) throw new Error(`An export holds at most ${MOST_EXPORTED} rows: ask by filters, in parts.`);
    yield page.rows.map((row) => rowLine(list, row)).join('');
    if (page.next === undefined) return;
    page = await pageAfter(page.next);
  }
}
