// Rows of one key that are merged several times in a batch are combined in memory first: each costs the database one statement.
import type { Combination, Row, RowChange, TableShape, Value } from '../engine/index.ts';

type Apply = (change: RowChange) => void;

/** Calls `apply` with changes that come to the same as those given. The order of changes of one table is kept, where it matters. */
export const applyMerged = (changes: readonly RowChange[], apply: Apply): void => {
  const waiting = new Map<TableShape, Map<string, Row>>();
  for (const change of changes) {
    if (change.verb === 'merge') combine(waiting, change.table, change.row);
    else {
      flush(waiting, change.table, apply);
      apply(change);
    }
  }
  for (const table of waiting.keys()) flush(waiting, table, apply);
};

const combine = (waiting: Map<TableShape, Map<string, Row>>, table: TableShape, row: Row): void => {
  const rows = waiting.get(table) ?? new Map<string, Row>();
  waiting.set(table, rows);
  const key = keyOf(table, row);
  const held = rows.get(key);
  rows.set(key, held ? combined(table, held, row) : row);
};

/** Netstrings: no two keys read alike. */
const keyOf = (table: TableShape, row: Row): string => {
  let key = '';
  for (const column of table.key) {
    const part = String(row[column]);
    key += `${part.length}:${part}`;
  }
  return key;
};

const RULES: Readonly<Record<Combination, (held: number, added: number) => number>> = {
  sum: (held, added) => held + added,
  min: Math.min,
  max: Math.max,
};

const combined = ({ merge = {} }: TableShape, held: Row, added: Row): Row => {
  const row: Record<string, Value> = { ...added };
  for (const [column, rule] of Object.entries(merge)) if (rule) row[column] = RULES[rule](Number(held[column]), Number(added[column]));
  return row;
};

const flush = (waiting: Map<TableShape, Map<string, Row>>, table: TableShape, apply: Apply): void => {
  // In the order of keys: neighbours lie on one page.
  const rows = [...(waiting.get(table) ?? [])].sort(([one], [other]) => (one < other ? -1 : 1));
  for (const [, row] of rows) apply({ verb: 'merge', table, row });
  waiting.delete(table);
};
