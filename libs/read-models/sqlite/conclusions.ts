// Tables of conclusions are kept up with what they are drawn from, in the transaction in which that changes (ADR 0067); of views that are
// made anew they are drawn once, when all rows are there (ADR 0068).
import {
  type Advance,
  type Beside,
  type Concluded,
  concluded,
  type PlainQuery,
  type Row,
  type RowChange,
  type TableShape,
  touchedBy,
  type Value,
  type ViewShape,
} from '../engine/index.ts';
import type { RowStatements, Target } from './generations.ts';
import { findRows, physicalName, selectRows } from './table-sql.ts';

// What changes make of rows from which conclusions are drawn: each as it was before the first of them, and as it is behind the last.

interface Touched {
  readonly before: Row | undefined;
  now: Row | undefined;
}

/** By their keys. */
type TouchedByKey = ReadonlyMap<string, Touched>;

/** Of a key, or of a whole row: two are the same where their texts are. */
const textOf = (columns: readonly string[], row: Row): string => JSON.stringify(columns.map((column) => row[column]));

/** Of one generation of a view. */
interface HeldTable {
  readonly statements: RowStatements;
  readonly target: Target;
  readonly shape: TableShape;
}

/** Rows with these values; of those so many that have the greatest values in a column. */
const rowsWith = (
  { statements, target, shape }: HeldTable,
  where: Row,
  greatest?: { readonly in: string; readonly limit: number },
): readonly Row[] => {
  const names = Object.keys(where);
  const use = { use: `find by ${names.join()} from ${greatest?.in ?? 'any'}`, by: names };
  const statement = statements.of(target, shape, use, (physical) => findRows(shape, physical, names, greatest?.in));
  return statement.all(...Object.values(where), ...(greatest ? [greatest.limit] : [])) as unknown as readonly Row[];
};

class TouchedRows {
  readonly #table: HeldTable;
  readonly #by: string;
  readonly #touched = new Map<Value, Map<string, Touched>>();

  /** `by`: the column whose values conclusions are drawn for, one by one. */
  constructor(table: HeldTable, by: string) {
    this.#table = table;
    this.#by = by;
  }

  /** Makes the change, and notes what becomes of the rows that it concerns. */
  note(change: RowChange): void {
    const { statements, target } = this.#table;
    const touched = 'row' in change ? [this.#touching(change.row, () => this.#held(change.row))] : this.#where(change.where);
    statements.apply(target, change);
    for (const [row, one] of touched) {
      if (change.verb === 'remove') one.now = undefined;
      else one.now = change.verb === 'put' ? row : this.#held(row);
    }
  }

  /** Of each value whose rows are others now than they were, these. */
  *changed(): Generator<readonly [Value, TouchedByKey]> {
    const columns = Object.keys(this.#table.shape.columns);
    const isChanged = ({ before, now }: Touched): boolean =>
      before && now ? textOf(columns, before) !== textOf(columns, now) : before !== now;
    for (const [value, all] of this.#touched) {
      const changed = new Map([...all].filter(([, one]) => isChanged(one)));
      if (changed.size > 0) yield [value, changed];
    }
  }

  #where(where: Row): readonly (readonly [Row, Touched])[] {
    return rowsWith(this.#table, where).map((row) => this.#touching(row, () => row));
  }

  #touching(row: Row, held: () => Row | undefined): readonly [Row, Touched] {
    const [value, key] = [row[this.#by] ?? null, textOf(this.#table.shape.key, row)];
    const ofValue = this.#touched.get(value) ?? new Map<string, Touched>();
    const one = ofValue.get(key) ?? { before: held(), now: undefined };
    this.#touched.set(value, ofValue.set(key, one));
    return [row, one];
  }

  #held(row: Row): Row | undefined {
    const where = Object.fromEntries(this.#table.shape.key.map((column) => [column, row[column] as Value]));
    return rowsWith(this.#table, where)[0];
  }
}

// What is drawn from them.

/** Of rows, so many are in memory at once. */
const PASSAGE = 20_000;

const querying = ({ view, generation }: Target, shape: TableShape, query: Pick<PlainQuery, 'order' | 'after'>): string =>
  selectRows(shape, physicalName(view, generation, shape.name), {
    ...{ where: {}, between: [], newestFirst: false, limit: PASSAGE },
    ...query,
  });

/** What stands already costs no page: most events change nothing of what is concluded. */
const replace = (statements: RowStatements, target: Target, shape: TableShape, rows: Record<'held' | 'drawn', readonly Row[]>): void => {
  const columns = Object.keys(shape.columns);
  const held = new Map(rows.held.map((row) => [textOf(shape.key, row), row]));
  const drawn = new Map(rows.drawn.map((row) => [textOf(shape.key, row), row]));
  for (const [key, row] of held) {
    if (drawn.has(key)) continue;
    const where = Object.fromEntries(shape.key.map((column) => [column, row[column] ?? null]));
    statements.apply(target, { verb: 'remove', table: shape, where });
  }
  for (const [key, row] of drawn) {
    const before = held.get(key);
    if (!before || textOf(columns, before) !== textOf(columns, row)) statements.apply(target, { verb: 'put', table: shape, row });
  }
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

type Others = readonly (readonly [key: string, row: Row])[];

/** Of one value, and of what did not change; each question is asked once. */
const readingBeside = (
  statements: RowStatements,
  target: Target,
  { base, by }: DrawnFrom,
  [value, changed]: readonly [Value, TouchedByKey],
): ((beside: Beside) => Others) => {
  const known = new Map<string, Others>();
  return (beside) => {
    const question = JSON.stringify(beside);
    const found = known.get(question);
    if (found) return found;
    const { where, last } = beside;
    // Any that changed may stand before the one that is looked for.
    const greatest = last === undefined ? undefined : { in: last, limit: changed.size + 1 };
    const rows = rowsWith({ statements, target, shape: base }, { [by]: value, ...where }, greatest);
    const others = rows.map((row) => [textOf(base.key, row), row] as const).filter(([key]) => !changed.has(key));
    known.set(question, others);
    return others;
  };
};

/** What changed is looked at beside those alone on which it depends what that comes to, as it was and as it is. */
const drawAnew = (statements: RowStatements, target: Target, drawn: DrawnFrom, touched: TouchedRows): void => {
  for (const [value, changed] of touched.changed()) {
    const read = readingBeside(statements, target, drawn, [value, changed]);
    const before = [...changed.values()].flatMap((one) => (one.before ? [one.before] : []));
    const now = [...changed.values()].flatMap((one) => (one.now ? [one.now] : []));
    for (const { shape, draw, beside } of drawn.together) {
      const others = [...new Map([...before, ...now].flatMap((row) => beside(row).flatMap(read))).values()];
      replace(statements, target, shape, { held: draw([...others, ...before]), drawn: draw([...others, ...now]) });
    }
  }
};

const targetOf = ({ name }: ViewShape, generation: number): Target => ({ view: name, generation });

/**
 * Makes the changes, and draws what follows from them. Where nothing is concluded yet they are only held to what can be. Throws `TypeError`
 * where a change does not say whose rows it touches.
 */
export const applyChanges = (statements: RowStatements, { view, generation, changes }: Advance, isKeptUp: () => boolean): void => {
  const target = targetOf(view, generation);
  const drawn = changes.length === 0 ? [] : drawnIn(view).filter((one) => touchedBy(one, changes).size > 0);
  if (drawn.length === 0 || !isKeptUp()) return statements.applyAll(target, changes);
  const touched = new Map(drawn.map((one) => [one.base.name, new TouchedRows({ statements, target, shape: one.base }, one.by)]));
  for (const change of changes.list()) {
    const rows = touched.get(change.table.name);
    if (rows) rows.note(change);
    else statements.apply(target, change);
  }
  for (const one of drawn) drawAnew(statements, target, one, touched.get(one.base.name) as TouchedRows);
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
  const rows = statements.rows(querying(target, base, { order: [by], after }), [...(after ?? []), PASSAGE]);
  const groups = [...Map.groupBy(rows, (row) => row[by] as KeyValue)];
  if (rows.length < PASSAGE) return groups;
  const cut = groups.pop()?.[0] as KeyValue;
  return groups.length > 0 ? groups : [[cut, rowsWith({ statements, target, shape: base }, { [by]: cut })]];
};
