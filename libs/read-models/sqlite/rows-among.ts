// Rows of one view that must also stand in tables of another.
import type { Among, PlainQuery, Row, TableShape, Value } from '../engine/index.ts';
import type { KnownGeneration, RowStatements } from './generations.ts';
import { countAmong, physicalName, selectRows } from './table-sql.ts';

/** So many are looked up one by one faster than they are met in order. */
const FEW = 2000;

export interface Amid {
  readonly plain: PlainQuery;
  readonly bound: readonly Value[];
  readonly among: Pick<Among<TableShape>, 'view' | 'any' | 'column' | 'united'>;
}

interface Sought {
  readonly physical: string;
  readonly table: TableShape;
  readonly others: KnownGeneration;
}

/** To be called in a transaction: what is found belongs together. */
export const rowsAmong = (
  statements: RowStatements,
  { physical, table, others }: Sought,
  { plain, bound, among }: Amid,
): readonly Row[] => {
  if (among.any.length === 0) return [];
  const any = among.any.map((other) => ({ ...other, physical: physicalName(among.view.name, others.generation, other.table.name) }));
  const values = any.map(({ value }) => value);
  const [counted] = statements.rows(countAmong({ any }), [...values, FEW + 1]);
  const few = Number(counted?.['count']) <= FEW;
  const united = among.united && {
    physical: physicalName(among.view.name, others.generation, among.united.table.name),
    by: among.united.by,
  };
  const sql = selectRows(table, physical, plain, { column: among.column, any, united, few });
  return statements.rows(sql, [...values, ...bound]);
};
