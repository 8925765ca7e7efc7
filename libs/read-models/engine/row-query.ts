// What is asked of a table: equal values, ranges, an order over several columns, and where a page goes on. An index that names the
// columns of `where`, then those of `order`, serves such a question without sorting.
import type { Position } from '#kernel';
import type { ViewShape } from './projector.ts';
import type { ColumnOf, FoundColumn, FoundRow, RowOf, TableShape, Value } from './table-shape.ts';

/** Both inclusive; rows without a value lie in no range. */
export interface Range {
  readonly from?: string | number;
  readonly to?: string | number;
}

/** Rows of a table of another view, by one of its columns. */
export interface Others {
  readonly table: TableShape;
  readonly column: string;
  readonly value: string;
}

/** Values that stand for one: of rows of a table of that view, those with the same value in `by`. */
export interface United {
  readonly table: TableShape;
  readonly by: string;
}

/** Only rows whose value in `column` stands in the column of that name in any of the others. */
export interface Among<Table extends TableShape> {
  readonly column: ColumnOf<Table>;
  readonly view: ViewShape;
  readonly any: readonly Others[];
  /** Or whose value stands for one with a value that does. */
  readonly united?: United;
}

export interface RowQuery<Table extends TableShape> {
  readonly where?: Partial<FoundRow<Table>>;
  readonly between?: { readonly [Column in FoundColumn<Table>]?: Range };
  readonly among?: Among<Table>;
  /** By the first of these, then the next; rows alike in all of them follow in the order of their keys. */
  readonly order: FoundColumn<Table> | readonly FoundColumn<Table>[];
  readonly newestFirst?: boolean;
  /** Rows beyond the one with these values in the columns of `order`, which must then have a value in every row. */
  readonly after?: string | number | readonly (string | number)[];
  readonly limit: number;
}

export interface CountQuery<Table extends TableShape, By extends FoundColumn<Table>> {
  readonly where?: Partial<RowOf<Table>>;
  readonly by: readonly By[];
}

/** Rows, and the position of the view that they show; of two views, of the one that is less far. */
export interface Found<Item> {
  readonly position: Position;
  readonly rows: readonly Item[];
}

/** Every method may reject with a `ViewStoreError`; `RangeError` where a query does not fit itself. */
export interface ViewReader {
  rows<Table extends TableShape>(view: ViewShape, table: Table, query: RowQuery<Table>): Promise<Found<FoundRow<Table>>>;
  /** How many rows there are of each combination of the columns named, in the order of these. */
  count<Table extends TableShape, By extends FoundColumn<Table>>(
    view: ViewShape,
    table: Table,
    query: CountQuery<Table, By>,
  ): Promise<Found<Pick<FoundRow<Table>, By> & { readonly count: number }>>;
}

/** A query with everything that may be left out filled in, as stores take it. */
export interface PlainQuery {
  readonly where: Readonly<Record<string, Value>>;
  readonly between: readonly { readonly column: string; readonly sign: '>=' | '<='; readonly value: string | number }[];
  readonly order: readonly string[];
  readonly newestFirst: boolean;
  readonly after: readonly (string | number)[] | undefined;
  readonly limit: number;
}

const listOf = <Item>(one: Item | readonly Item[]): readonly Item[] => (Array.isArray(one) ? (one as readonly Item[]) : [one as Item]);

export const plainQuery = <Table extends TableShape>(query: RowQuery<Table>): PlainQuery => {
  const order: readonly string[] = listOf(query.order);
  const after = query.after === undefined ? undefined : listOf(query.after);
  if (after !== undefined && after.length !== order.length)
    throw new RangeError(`A page goes on after ${order.length} values, one for each column of its order: ${after.length} were given.`);
  const ranges = Object.entries(query.between ?? {}) as readonly (readonly [string, Range])[];
  return {
    where: (query.where ?? {}) as PlainQuery['where'],
    between: ranges.flatMap(([column, { from, to }]) => [
      ...(from === undefined ? [] : [{ column, sign: '>=' as const, value: from }]),
      ...(to === undefined ? [] : [{ column, sign: '<=' as const, value: to }]),
    ]),
    order,
    newestFirst: query.newestFirst ?? false,
    after,
    limit: query.limit,
  };
};
