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
  totalled,
  type ViewShape,
  writtenTables,
} from '../engine/index.ts';

/** No number is ever used again, so nobody can mistake one generation for another that took its place. */
const SCHEMA = `CREATE TABLE IF NOT EXISTS generations (
  generation INTEGER PRIMARY KEY AUTOINCREMENT, view TEXT NOT NULL, version INTEGER NOT NULL, position INTEGER NOT NULL,
  seen INTEGER NOT NULL -- 1 where readers see it; 2 where nobody does, and totals and conclusions are kept up all the same
  ) STRICT;
  CREATE INDEX IF NOT EXISTS generations_of_view ON generations (view)`;

/** Makes the table where there is none. */
export const prepareGenerations = (db: DatabaseSync): void => db.exec(SCHEMA);

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
  return `CREATE TABLE ${physical} (${columns.join(', ')}, PRIMARY KEY (${list(shape.key)})) STRICT, WITHOUT ROWID`;
};

/** Those that are not there. */
export const createIndexes = (shape: TableShape, physical: string): string =>
  (shape.indexes ?? [])
    .map((index, number) => `CREATE INDEX IF NOT EXISTS ${physical.slice(0, -1)}__${number}" ON ${physical} (${list(index)})`)
    .join(';\n');

/** Into an empty table that is declared alike and has no triggers: without names of columns SQLite copies rows as they lie. */
export const copyTable = (shape: TableShape, to: string, from: string): string => {
  const columns = shape.derived ? list(columnsOf(shape)) : undefined;
  return `INSERT INTO ${to}${columns ? ` (${columns})` : ''} SELECT ${columns ?? '*'} FROM ${from}`;
};

/** Counts them anew, where there are none yet. */
export const drawTotals = (shape: TableShape, tables: readonly TableShape[], physicalOf: (name: string) => string): string => {
  const { base, summed } = totalled(shape, tables);
  const columns = list([...shape.key, shape.totals?.rows ?? '', ...summed]);
  const counted = [list(shape.key), 'count(*)', ...summed.map((name) => `sum(${quoted(name)})`)].join(', ');
  return `INSERT INTO ${physicalOf(shape.name)} (${columns}) SELECT ${counted} FROM ${physicalOf(base.name)} GROUP BY ${list(shape.key)}`;
};

/** Keeps totals up with each change of the table that they are of; `physicalOf` of a name is where its rows lie. */
export const keepTotals = (shape: TableShape, tables: readonly TableShape[], physicalOf: (name: string) => string): string => {
  const { base, summed } = totalled(shape, tables);
  const [from, to] = [physicalOf(base.name), physicalOf(shape.name)];
  const rows = quoted(shape.totals?.rows ?? '');
  const ofRow = (row: 'old' | 'new', names: readonly string[]): string => names.map((name) => `${row}.${quoted(name)}`).join(', ');
  const here = (row: 'old' | 'new'): string => shape.key.map((name) => `${quoted(name)} = ${row}.${quoted(name)}`).join(' AND ');
  const moved = (sign: (name: string) => string): string =>
    summed.map((name) => `, ${quoted(name)} = ${quoted(name)}${sign(quoted(name))}`).join('');
  const trigger = (when: string, body: string): string =>
    `CREATE TRIGGER ${to.slice(0, -1)}__${when.toLowerCase()}" AFTER ${when} ON ${from} BEGIN ${body}; END`;
  const added =
    `INSERT INTO ${to} (${list(shape.key)}, ${[rows, ...summed.map(quoted)].join(', ')}) ` +
    `VALUES (${ofRow('new', shape.key)}, ${['1', ...summed.map((name) => ofRow('new', [name]))].join(', ')}) ` +
    `ON CONFLICT (${list(shape.key)}) DO UPDATE SET ${rows} = ${rows} + 1${moved((name) => ` + excluded.${name}`)}`;
  const removed =
    `UPDATE ${to} SET ${rows} = ${rows} - 1${moved((name) => ` - old.${name}`)} WHERE ${here('old')}; ` +
    `DELETE FROM ${to} WHERE ${here('old')} AND ${rows} = 0`;
  const changed = `UPDATE ${to} SET ${rows} = ${rows}${moved((name) => ` + new.${name} - old.${name}`)} WHERE ${here('new')}`;
  return [trigger('INSERT', added), trigger('DELETE', removed), trigger('UPDATE', changed)].join(';\n');
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
  const unlessSame = verb === 'merge' && !mayAddUp(shape) ? ` WHERE ${rest.map((name) => changes(shape, name)).join(' OR ')}` : '';
  return `${insert} ON CONFLICT (${list(shape.key)}) DO ${set.length === 0 ? 'NOTHING' : `UPDATE SET ${set.join(', ')}${unlessSame}`}`;
};

/** A row that stays as it is costs no page: one that is merged with what others said before mostly does. */
const changes = (shape: TableShape, name: string): string => `${quoted(name)} IS NOT ${combination(shape, name)}`;

const mayAddUp = ({ merge = {} }: TableShape): boolean => Object.values(merge).includes('sum');

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

/**
 * Of what is written alone, in no order: those with these values, or the first so many by one column from its greatest value down. A bound
 * limit that stands by itself would have SQLite make the statement anew at each run, which takes longer than to find a few rows.
 */
export const findRows = (shape: TableShape, physical: string, where: readonly string[], last: string | undefined): string =>
  `SELECT ${list(columnsOf(shape))} FROM ${physical}${whereEqual(where)}` +
  (last === undefined ? '' : ` ORDER BY ${quoted(last)} DESC LIMIT +?`);

/** All rows, in the order of the bytes of their keys. */
const allRows = (shape: TableShape, physical: string): string =>
  `SELECT ${list(columnsOf(shape))} FROM ${physical} ORDER BY ${list(shape.key)}`;

/** Where rows must also stand in tables of another view: how many do decides from which side they are looked up. */
export interface AmongTables {
  readonly column: string;
  readonly any: readonly { readonly physical: string; readonly column: string }[];
  readonly united?: { readonly physical: string; readonly by: string } | undefined;
  readonly few: boolean;
}

/** Bound: the values of the others, then the most that are counted. */
export const countAmong = ({ any }: Pick<AmongTables, 'any'>): string =>
  `SELECT count(*) AS "count" FROM (${any.map(({ physical, column }) => `SELECT 1 FROM ${physical} WHERE ${quoted(column)} = ?`).join(' UNION ALL ')} LIMIT ?)`;

/** Those few are gone through, each looked up in the table; of many the table is gone through in its order, each row looked up there. */
const amongFew = (physical: string, among: AmongTables | undefined): string => {
  if (!among?.few) return '';
  const column = quoted(among.column);
  const each = among.any.flatMap((other, place) => {
    const [from, where] = [`${other.physical} AS o`, `o.${quoted(other.column)} = ?${place + 1}`];
    const standing = `SELECT DISTINCT o.${column} AS ${column} FROM ${from} WHERE ${where}`;
    if (!among.united) return [standing];
    const { physical: united, by } = { physical: among.united.physical, by: quoted(among.united.by) };
    const joined = `${from} JOIN ${united} AS m ON m.${column} = o.${column} JOIN ${united} AS p ON p.${by} = m.${by}`;
    return [standing, `SELECT DISTINCT p.${column} AS ${column} FROM ${joined} WHERE ${where}`];
  });
  return `(${each.join(' UNION ')}) AS few CROSS JOIN ${physical} ON ${physical}.${column} = few.${column}`;
};

const amongMany = (physical: string, among: AmongTables | undefined): readonly string[] => {
  if (!among || among.few) return [];
  const column = quoted(among.column);
  const each = among.any.flatMap((other, place) => {
    const where = `o.${quoted(other.column)} = ?${place + 1}`;
    const standing = `EXISTS (SELECT 1 FROM ${other.physical} AS o WHERE ${where} AND o.${column} = ${physical}.${column})`;
    if (!among.united) return [standing];
    const { physical: united, by } = { physical: among.united.physical, by: quoted(among.united.by) };
    const joined = `${united} AS p CROSS JOIN ${united} AS m ON m.${by} = p.${by} CROSS JOIN ${other.physical} AS o ON o.${column} = m.${column}`;
    return [standing, `EXISTS (SELECT 1 FROM ${joined} WHERE p.${column} = ${physical}.${column} AND ${where})`];
  });
  return [`(${each.join(' OR ')})`];
};

/** Bound: the values of the others, of `where`, of the ranges, of `after` where there are some, then the limit. */
export const selectRows = (shape: TableShape, physical: string, query: PlainQuery, among?: AmongTables): string => {
  const { where, between, order, newestFirst, after } = query;
  // Each of a few is looked up by its key: a plus keeps SQLite from going through an index of the other columns for each of them.
  const own = (name: string): string => `${among?.few ? '+' : ''}${physical}.${quoted(name)}`;
  const owned = (names: readonly string[]): string => names.map(own).join(', ');
  const conditions = [
    ...amongMany(physical, among),
    ...Object.keys(where).map((name) => `${own(name)} IS ?`),
    ...between.map(({ column, sign }) => `${own(column)} ${sign} ?`),
    ...(after === undefined ? [] : [`(${owned(order)}) ${newestFirst ? '<' : '>'} (${order.map(() => '?').join(', ')})`]),
  ];
  const filter = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  const rest = shape.key.filter((name) => !order.includes(name));
  const orders = [...order.map((name) => `${own(name)}${newestFirst ? ' DESC' : ''}`), ...rest.map(own)].join(', ');
  const found = [...columnsOf(shape), ...Object.keys(shape.derived ?? {})].map((name) => `${physical}.${quoted(name)}`).join(', ');
  return `SELECT ${found} FROM ${amongFew(physical, among) || physical}${filter} ORDER BY ${orders} LIMIT ?`;
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
  for (const table of [...writtenTables(tables)].sort((one, other) => (one.name < other.name ? -1 : 1))) {
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
