// What is published to everybody of provision that has not begun, as a table in the order of one of its columns (views.md, part 8).
import { type SortedPage, sortedPage } from '../shell/sorting.ts';
import { hrefOf } from '../staff/list-filters.ts';
import { type Row, type ShownTable, tableOf } from '../staff/list-rows.ts';
import { keyIn, kindIn } from '../staff/list-sorting.ts';

const COLUMNS = ['title', 'kind', 'level', 'area', 'places', 'startsOn', 'of'];
const PAGE = '/plan/prospectus';

interface Asked {
  /** As the address says it. */
  readonly sort: string;
  /** Agencies by their names. */
  readonly named: (text: string) => string;
}

export type Prospectus = Omit<SortedPage<Row>, 'rows'> & { readonly table: ShownTable };

export const prospectusOf = (rows: readonly Row[], { sort, named }: Asked): Prospectus => {
  const of = { about: 'things', table: COLUMNS } as const;
  const codes = new Map();
  const columns = tableOf(of, rows).columns.map((column) => ({
    ...{ ...column, kind: kindIn(rows, { by: column.name, isDescending: false }, codes) },
    keyOf: keyIn({ codes, named }, { by: column.name, isDescending: false }),
  }));
  const hrefFor = (by?: string): string => hrefOf(PAGE, { sort: by });
  const { rows: inOrder, ...sorted } = sortedPage(rows, columns, { sort, goesOn: false, hrefFor });
  return { ...sorted, table: tableOf(of, inOrder) };
};
