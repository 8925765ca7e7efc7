// A selection of entries as a condition of SQL.
import type { SQLInputValue } from 'node:sqlite';
import type { QuarantineSelection } from '../quarantine.ts';

export interface Condition {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

type Part = (selection: QuarantineSelection) => Condition | undefined;

const when = <Value>(value: Value | undefined, sql: string, values: (value: Value) => readonly SQLInputValue[]): Condition | undefined =>
  value === undefined ? undefined : { sql, values: values(value) };

const PARTS: readonly Part[] = [
  ({ state }) => when(state, 'state = ?', (one) => [one]),
  ({ agency }) => when(agency, `coalesce(agency, '') = ?`, (one) => [one]),
  ({ unattributed }) => when(unattributed, `coalesce(agency, '') = ''`, () => []),
  ({ ids }) => when(ids, 'id IN (SELECT value FROM json_each(?))', (some) => [JSON.stringify(some)]),
  ({ before }) => when(before, 'received_at < ?', (at) => [at]),
  ({ upTo }) => when(upTo, 'id <= ?', (id) => [id]),
];

export const conditionOf = (selection: QuarantineSelection): Condition => {
  const parts = PARTS.flatMap((part) => part(selection) ?? []);
  return { sql: ['TRUE', ...parts.map(({ sql }) => sql)].join(' AND '), values: parts.flatMap(({ values }) => values) };
};
