// Tables of conclusions are kept up with what they are drawn from, in the transaction in which that changes (ADR 0067); of views that are
// made anew they are drawn once, when all rows are there (ADR 0068).
import {
  type Advance,
  type Concluded,
  concluded,
  type PlainQuery,
  type Row,
  type TableShape,
  touchedBy,
  type Value,
  type ViewShape,
} from '../engine/index.ts';
import type { RowStatements, Target } from './generations.ts';
import { physicalName, selectRows } from './table-sql.ts';

/** Of rows, so many are in memory at once. */
const PASSAGE = 20_000;

const querying = (statements: RowStatements, { view, generation }: Target, shape: TableShape, query: Partial<PlainQuery>) =>
  statements.prepare(
    selectRows(shape, physicalName(view, generation, shape.name), {
      ...{ where: {}, between: [], order: shape.key, newestFirst: false, after: undefined, limit: 0 },
      ...query,
    }),
  );

/** Of one value in the first column of the key, in the order of the keys. */
const reading = (statements: RowStatements, target: Target, shape: TableShape): ((value: Value) => readonly Row[]) => {
  const [by = ''] = shape.key;
  const statement = querying(statements, target, shape, { where: { [by]: '' } });
  return (value) => statement.all(value, Number.MAX_SAFE_INTEGER) as unknown as readonly Row[];
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

/** All that is drawn from one table, whose rows are read once for it. */
interface DrawnFrom {
  readonly base: TableShape;
  readonly by: string;
  readonly together: readonly Concluded[];
}

const drawnIn = (view: ViewShape): readonly DrawnFrom[] =>
  view.tables.some(({ conclusions }) => conclusions)
    ? [...Map.groupBy(concluded(view), ({ base }) => base)].map(([base, together]) => ({ base, by: base.key[0] ?? '', together }))
    : [];

const drawAnew = (statements: RowStatements, target: Target, { base, together }: DrawnFrom, values: ReadonlySet<Value>): void => {
  const rowsOf = reading(statements, target, base);
  const shapes = together.map((one) => ({ ...one, heldOf: reading(statements, target, one.shape) }));
  for (const value of values) {
    const rows = rowsOf(value);
    for (const { shape, draw, heldOf } of shapes) replace(statements, target, shape, { held: heldOf(value), drawn: draw(rows) });
  }
};

const targetOf = ({ name }: ViewShape, generation: number): Target => ({ view: name, generation });

/**
 * To be called behind the changes. Where nothing is concluded yet they are only held to what can be. Throws `TypeError` where a change does
 * not say whose rows it touches.
 */
export const drawConclusions = (statements: RowStatements, { view, generation, changes }: Advance, isKeptUp: () => boolean): void => {
  if (changes.length === 0) return;
  const drawn = drawnIn(view)
    .map((one) => [one, touchedBy(one, changes)] as const)
    .filter(([, values]) => values.size > 0);
  if (drawn.length > 0 && isKeptUp()) for (const [one, values] of drawn) drawAnew(statements, targetOf(view, generation), one, values);
};

/** Draws all of a generation in which nothing is concluded yet, in passages: each is to be a transaction where they are not all one. */
export function* drawAll(statements: RowStatements, view: ViewShape, generation: number): Generator<() => void> {
  const target = targetOf(view, generation);
  for (const one of drawnIn(view)) {
    let last: KeyValue | undefined;
    let more = true;
    while (more) {
      yield () => {
        const groups = nextGroups(statements, target, one, last);
        for (const [, rows] of groups)
          for (const { shape, draw } of one.together)
            for (const row of draw(rows)) statements.apply(target, { verb: 'put', table: shape, row });
        more = groups.length > 0;
        last = groups.at(-1)?.[0] ?? last;
      };
    }
  }
}

/** Of a column of a key: never without a value. */
type KeyValue = string | number;
type Group = readonly [value: KeyValue, rows: readonly Row[]];

/** Whole groups, in the order of their values, of whatever lies behind the last value. */
const nextGroups = (statements: RowStatements, target: Target, { base, by }: DrawnFrom, last: KeyValue | undefined): readonly Group[] => {
  const after = last === undefined ? undefined : [last];
  const statement = querying(statements, target, base, { order: [by], after });
  const rows = statement.all(...(after ?? []), PASSAGE) as unknown as readonly Row[];
  const groups = [...Map.groupBy(rows, (row) => row[by] as KeyValue)];
  if (rows.length < PASSAGE) return groups;
  const cut = groups.pop()?.[0] as KeyValue;
  return groups.length > 0 ? groups : [[cut, reading(statements, target, base)(cut)]];
};
