// The compiled table and how a question finds its place in it.
import type { AgencySlug } from '#kernel';
import type { ClauseName, Question, Route } from './decision.ts';
import { type Cell, type CellKey, type Reading, cellFor, readingFor } from './decision-table-cells.ts';
import type { ProtocolInForce, Standing } from './decision-table-parties.ts';
import type { Bar, Way } from './decision-table-ways.ts';
import type { Flow } from './language.ts';

type Cells = Record<Route, Map<string, Map<string, Cell>>>;

/** Opaque: made by `compileDecisionTable`, read by the functions of this folder. What it keeps for speed never changes an answer. */
export interface DecisionTable {
  readonly inForce: readonly ProtocolInForce[];
  readonly standings: ReadonlyMap<AgencySlug, Standing>;
  readonly nobody: Standing;
  /** Every purpose of every protocol in force. */
  readonly purposes: ReadonlySet<string>;
  readonly flows: ReadonlyMap<ClauseName, Flow>;
  readonly ways: readonly Way[];
  readonly bars: readonly Bar[];
  /** By the standings' indices (recipient, source), built when first asked for. */
  readonly cells: Cells[][];
}

export const standingOf = (table: DecisionTable, agency: AgencySlug): Standing => table.standings.get(agency) ?? table.nobody;

const noCells = (): Cells => ({ learner: new Map(), feed: new Map(), list: new Map(), aggregate: new Map() });

const cellsBetween = (table: DecisionTable, recipient: Standing, source: Standing): Cells => {
  const row = (table.cells[recipient.index] ??= []);
  return (row[source.index] ??= noCells());
};

const newCell = (table: DecisionTable, key: CellKey, byType: Map<string, Map<string, Cell>>): Cell => {
  const cell = cellFor(key, table.ways, table.bars);
  const byCategory = byType.get(key.type) ?? new Map<string, Cell>();
  byType.set(key.type, byCategory.set(key.category, cell));
  return cell;
};

/** The table's entry for a question by a recipient of this standing: what binds, and what could permit. */
export const lookUp = (table: DecisionTable, question: Question, standing: Standing): Reading => {
  const { route, item } = question;
  const source = standingOf(table, item.source);
  const byType = cellsBetween(table, standing, source)[route];
  const cell =
    byType.get(item.type)?.get(item.category) ??
    newCell(table, { recipient: standing, source, route, type: item.type, category: item.category }, byType);
  return readingFor(cell, question);
};
