// Keeps tables of conclusions up with what they are drawn from, in the transaction in which that changes (ADR 0067).
import {
  type Advance,
  type Concluded,
  concluded,
  type PlainQuery,
  type Row,
  type TableShape,
  touchedBy,
  type Value,
} from '../engine/index.ts';
import type { RowStatements, Target } from './generations.ts';
import { physicalName, selectRows } from './table-sql.ts';

/** Of one value in the first column of the key, in the order of the keys. */
const reading = (statements: RowStatements, { view, generation }: Target, shape: TableShape): ((value: Value) => readonly Row[]) => {
  const [by = ''] = shape.key;
  const limit = Number.MAX_SAFE_INTEGER;
  const query: PlainQuery = { where: { [by]: '' }, between: [], order: shape.key, newestFirst: false, after: undefined, limit };
  const statement = statements.prepare(selectRows(shape, physicalName(view, generation, shape.name), query));
  return (value) => statement.all(value, limit) as unknown as readonly Row[];
};

/** What stands already costs no page: most events change nothing of what is concluded. */
const replace = (statements: RowStatements, target: Target, shape: TableShape, rows: Record<'held' | 'drawn', readonly Row[]>): void => {
  const columns = Object.keys(shape.columns);
  const textOf = (row: Row): string => JSON.stringify(columns.map((column) => row[column]));
  const keyOf = (row: Row): Row => Object.fromEntries(shape.key.map((column) => [column, row[column] ?? null]));
  const held = new Map(rows.held.map((row) => [textOf(row), row]));
  const drawn = new Map(rows.drawn.map((row) => [textOf(row), row]));
  for (const [text, row] of held) if (!drawn.has(text)) statements.apply(target, { verb: 'remove', table: shape, where: keyOf(row) });
  for (const [text, row] of drawn) if (!held.has(text)) statements.apply(target, { verb: 'put', table: shape, row });
};

const drawAnew = (statements: RowStatements, target: Target, one: Concluded, values: ReadonlySet<Value>): void => {
  const [base, shape] = [reading(statements, target, one.base), reading(statements, target, one.shape)];
  for (const value of values) replace(statements, target, one.shape, { held: shape(value), drawn: one.draw(base(value)) });
};

/** To be called behind the changes. */
export const drawConclusions = (statements: RowStatements, { view, generation, changes }: Advance): void => {
  for (const one of concluded(view)) {
    const values = touchedBy(one, changes);
    if (values.size > 0) drawAnew(statements, { view: view.name, generation }, one, values);
  }
};
