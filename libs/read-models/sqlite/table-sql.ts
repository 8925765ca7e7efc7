// SQL text for a declared table. Names come from the code, never from events; values are always bound.
import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import {
  type ColumnKind,
  type Derived,
  mustBeDeclaredWell,
  mustBeName,
  type PlainQuery,
  type TableShape,
  type ViewShape,
} from '../engine/index.ts';

const TYPES: Readonly<Record<ColumnKind, string>> = {
  integer: 'INTEGER NOT NULL',
  'integer?': 'INTEGER',
  text: 'TEXT NOT NULL',
  'text?': 'TEXT',
};
const COMBINED = {
  sum: '+',
  min: 'min',
  max: 'max',
} as const;

const quoted = (name: string): string => {
  mustBeName(name);
  return `"${name}"`;
};

const list = (names: readonly string[]): string => names.map(quoted).join(', ');
const columnsOf = ({ columns }: TableShape): readonly string[] => Object.keys(columns);

/** Where the rows of one generation lie. */
export const physicalName = (view: string, generation: number, table: string): string =>
  quoted(`${view.replaceAll('-', '_')}__${generation}__${table}`);

export const createTable = (shape: TableShape, physical: string): string => {
  mustBeDeclaredWell(shape);
  const columns = [
    ...Object.entries(shape.columns).map(([name, kind]) => `${quoted(name)} ${TYPES[kind]}`),
    ...Object.entries(shape.derived ?? {}).map(([name, derived]) => `${quoted(name)} TEXT AS (${derivation(derived)})`),
  ];
  const table = `CREATE TABLE ${physical} (${columns.join(', ')}, PRIMARY KEY (${list(shape.key)})) STRICT, WITHOUT ROWID`;
  const indexes = (shape.indexes ?? []).map(
    (index, number) => `CREATE INDEX ${physical.slice(0, -1)}__${number}" ON ${physical} (${list(index)})`,
  );
  return [table, ...indexes].join(';\n');
};

const derivation = ({ of, until: [settled, since], otherwise }: Derived): string => {
  const isOpen = `${quoted(settled)} IS NULL OR ${quoted(settled)} < ${quoted(since)}`;
  return `CASE WHEN ${isOpen} THEN coalesce(${quoted(of)}, '${literal(otherwise)}') ELSE '${literal(otherwise)}' END`;
};

const literal = (text: string): string => text.replaceAll("'", "''");

export const insertRow = (shape: TableShape, physical: string, verb: 'put' | 'merge'): string => {
  const names = columnsOf(shape);
  const values = names.map(() => '?').join(', ');
  const insert = `INSERT INTO ${physical} (${list(names)}) VALUES (${values})`;
  const rest = names.filter((name) => !shape.key.includes(name));
  const set = rest.map((name) => `${quoted(name)} = ${verb === 'put' ? `excluded.${quoted(name)}` : combination(shape, name)}`);
  return `${insert} ON CONFLICT (${list(shape.key)}) DO ${set.length === 0 ? 'NOTHING' : `UPDATE SET ${set.join(', ')}`}`;
};

const combination = ({ merge }: TableShape, name: string): string => {
  const rule = merge?.[name];
  const [held, newer] = [quoted(name), `excluded.${quoted(name)}`];
  if (!rule) return newer;
  const both = rule === 'sum' ? `${held} ${COMBINED.sum} ${newer}` : `${COMBINED[rule]}(${held}, ${newer})`;
  return `coalesce(${both}, ${held}, ${newer})`;
};

/** Conditions on columns, each bound in the order given; `IS` finds the rows without a value too. */
export const whereEqual = (columns: readonly string[]): string =>
  columns.length === 0 ? '' : ` WHERE ${columns.map((column) => `${quoted(column)} IS ?`).join(' AND ')}`;

export const updateRows = (physical: string, where: readonly string[], set: readonly string[]): string =>
  `UPDATE ${physical} SET ${set.map((column) => `${quoted(column)} = ?`).join(', ')}${whereEqual(where)}`;

export const deleteRows = (physical: string, where: readonly string[]): string => `DELETE FROM ${physical}${whereEqual(where)}`;

/** All rows, in the order of the bytes of their keys. */
const allRows = (shape: TableShape, physical: string): string =>
  `SELECT ${list(columnsOf(shape))} FROM ${physical} ORDER BY ${list(shape.key)}`;

/** Bound: the values of `where`, those of the ranges, those of `after` where there are some, then the limit. */
export const selectRows = (shape: TableShape, physical: string, query: PlainQuery): string => {
  const { where, between, order, newestFirst, after } = query;
  const conditions = [
    ...Object.keys(where).map((name) => `${quoted(name)} IS ?`),
    ...between.map(({ column, sign }) => `${quoted(column)} ${sign} ?`),
    ...(after === undefined ? [] : [`(${list(order)}) ${newestFirst ? '<' : '>'} (${order.map(() => '?').join(', ')})`]),
  ];
  const filter = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  const rest = shape.key.filter((name) => !order.includes(name));
  const orders = [...order.map((name) => `${quoted(name)}${newestFirst ? ' DESC' : ''}`), ...rest.map(quoted)].join(', ');
  const found = list([...columnsOf(shape), ...Object.keys(shape.derived ?? {})]);
  return `SELECT ${found} FROM ${physical}${filter} ORDER BY ${orders} LIMIT ?`;
};

export const countRows = (physical: string, where: readonly string[], by: readonly string[]): string =>
  `SELECT ${list(by)}, count(*) AS "count" FROM ${physical}${whereEqual(where)} GROUP BY ${list(by)} ORDER BY ${list(by)}`;

// The content of a view as one hash, the same whichever store holds it and in whichever order its rows came.

const ROWS_AT_ONCE = 500;

export const contentHash = (
  db: DatabaseSync,
  { name, tables }: ViewShape,
  generation: number,
): { readonly rows: number; readonly hash: string } => {
  const hash = createHash('sha256');
  let rows = 0;
  for (const table of [...tables].sort((one, other) => (one.name < other.name ? -1 : 1))) {
    hash.update(`${JSON.stringify([table.name, Object.keys(table.columns)])}\n`);
    const statement = db.prepare(allRows(table, physicalName(name, generation, table.name)));
    statement.setReturnArrays(true);
    let text = '';
    for (const row of statement.iterate()) {
      text += `${JSON.stringify(row)}\n`;
      if (++rows % ROWS_AT_ONCE > 0) continue;
      hash.update(text);
      text = '';
    }
    hash.update(text);
  }
  return { rows, hash: hash.digest('hex') };
};
