// Views on which stores of views are tried, and changes of their rows.
import { type Advance, type RowChange, RowChanges, table, type ViewShape } from '../engine/index.ts';

export const sums = table({
  name: 'sums',
  columns: { who: 'text', kind: 'text', times: 'integer', first: 'integer', last: 'integer', note: 'text?' },
  key: ['who', 'kind'],
  merge: { times: 'sum', first: 'min', last: 'max' },
});
export const lines = table({ name: 'lines', columns: { line: 'integer', who: 'text?' }, key: ['line'], indexes: [['who']] });
/** A day that is due until it is settled on or after the day since which it is. */
export const dues = table({
  name: 'dues',
  columns: { line: 'integer', who: 'text', due: 'text?', since: 'text?', settled: 'text?' },
  key: ['line'],
  merge: { due: 'max', since: 'max', settled: 'max' },
  derived: { open_due: { of: 'due', until: ['settled', 'since'], otherwise: 'none' } },
  indexes: [['who', 'open_due', 'line']],
});
/** How many sorts of counts each has, and what they come to. */
export const byWho = table({
  name: 'by_who',
  columns: { who: 'text', kinds: 'integer', times: 'integer' },
  key: ['who'],
  totals: { of: 'sums', rows: 'kinds' },
});
/** The greatest line of each that is due and settled on the same day, and how many such there are. */
export const settledAtOnce = table({
  name: 'settled_at_once',
  columns: { who: 'text', day: 'text', line: 'integer', many: 'integer' },
  key: ['who', 'day'],
  indexes: [['day', 'who']],
  conclusions: {
    of: 'terms',
    by: 'who',
    draw: (rows) =>
      [...Map.groupBy(rows, ({ due }) => due)].flatMap(([day, due]) => {
        const settled = rows.filter((row) => row['settled'] === day);
        const lines = due.map(({ line }) => Number(line));
        return settled.length === 0 ? [] : [{ who: due[0]?.['who'] ?? '', day: day ?? '', line: Math.max(...lines), many: lines.length }];
      }),
  },
});
/** The greatest line of each that is due on a day: what comes or goes is looked at beside the greatest of the others alone. */
export const lastDue = table({
  name: 'last_due',
  columns: { who: 'text', due: 'text', line: 'integer', settled: 'text?' },
  key: ['who', 'due'],
  conclusions: {
    of: 'terms',
    by: 'who',
    draw: (rows) =>
      [...Map.groupBy(rows, ({ due }) => due).values()].map((due) =>
        due.reduce((last, row) => (Number(row['line']) > Number(last['line']) ? row : last)),
      ),
    beside: ({ due = null }) => [{ where: { due }, last: 'line' }],
  },
});
export const terms = table({
  name: 'terms',
  columns: { who: 'text', line: 'integer', due: 'text', settled: 'text?' },
  key: ['who', 'line'],
});
/** On how many days something of each is due and settled, and how many lines these are. */
export const settledDays = table({
  name: 'settled_days',
  columns: { who: 'text', days: 'integer', many: 'integer' },
  key: ['who'],
  totals: { of: 'settled_at_once', rows: 'days' },
});
export const concluding: ViewShape = { name: 'concluding', version: 1, tables: [settledAtOnce, lastDue, terms, settledDays] };
/** Where another thread finds it. */
export const concludingAt = { module: import.meta.url, exported: 'CONCLUDING' } as const;
export const CONCLUDING: readonly ViewShape[] = [concluding];
export const view: ViewShape = { name: 'some-view', version: 1, tables: [sums, byWho, lines, dues] };
export const other: ViewShape = { name: 'other', version: 1, tables: [lines] };
/** Lines that stand for one. */
export const ones = table({ name: 'ones', columns: { line: 'integer', by: 'text', who: 'text' }, key: ['line', 'by'] });
export const people: ViewShape = { name: 'people', version: 1, tables: [lines, ones] };

export const put = (line: number, who: string | null = null): RowChange => ({ verb: 'put', table: lines, row: { line, who } });

export const merge = (who: string, at: number, note: string | null = null): RowChange => ({
  verb: 'merge',
  table: sums,
  row: { who, kind: 'k', times: 1, first: at, last: at, note },
});

export const due = (
  line: number,
  who: string,
  day: string | null,
  days: { readonly since?: string; readonly settled?: string } = {},
): RowChange => ({
  verb: 'merge',
  table: dues,
  row: { line, who, due: day, since: null, settled: null, ...days },
});

export const advance = (generation: number, changes: readonly RowChange[], { shape = view, from = 0, to = 1 } = {}): Advance => ({
  view: shape,
  generation,
  from,
  to,
  changes: RowChanges.of(shape, changes),
});
