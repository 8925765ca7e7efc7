// The compiled table and how a question finds its place in it.
import type { AgencySlug } from '#kernel';
import type { ClauseName, Question, Route } from './decision.ts';
import { type Cell, type CellKey, type Applicable, cellFor, applicableFor } from './decision-table-cells.ts';
import type { ProtocolInForce, Membership } from './decision-table-parties.ts';
import type { Bar, Permission } from './decision-table-permissions.ts';
import type { Flow } from './language.ts';

type Cells = Record<Route, Map<string, Map<string, Cell>>>;

/** Opaque: made by `compileDecisionTable`, read by the functions of this folder. What it keeps for speed never changes an answer. */
export interface DecisionTable {
  readonly inForce: readonly ProtocolInForce[];
  readonly memberships: ReadonlyMap<AgencySlug, Membership>;
  readonly nobody: Membership;
  /** Every purpose of every protocol in force. */
  readonly purposes: ReadonlySet<string>;
  readonly flows: ReadonlyMap<ClauseName, Flow>;
  readonly permissions: readonly Permission[];
  readonly bars: readonly Bar[];
  /** By the memberships' indices (recipient, source), built when first asked for. */
  readonly cells: Cells[][];
}

export const membershipOf = (table: DecisionTable, agency: AgencySlug): Membership => table.memberships.get(agency) ?? table.nobody;

const noCells = (): Cells => ({ learner: new Map(), feed: new Map(), list: new Map(), aggregate: new Map() });

const cellsBetween = (table: DecisionTable, recipient: Membership, source: Membership): Cells => {
  const row = (table.cells[recipient.index] ??= []);
  return (row[source.index] ??= noCells());
};

const newCell = (table: DecisionTable, key: CellKey, byType: Map<string, Map<string, Cell>>): Cell => {
  const cell = cellFor(key, table.permissions, table.bars);
  const byCategory = byType.get(key.type) ?? new Map<string, Cell>();
  byType.set(key.type, byCategory.set(key.category, cell));
  return cell;
};

/** The table's entry for a question by a recipient of this membership: what binds, and what could permit. */
export const lookUp = (table: DecisionTable, question: Question, membership: Membership): Applicable => {
  const { route, item } = question;
  const source = membershipOf(table, item.source);
  const byType = cellsBetween(table, membership, source)[route];
  const cell =
    byType.get(item.type)?.get(item.category) ??
    newCell(table, { recipient: membership, source, route, type: item.type, category: item.category }, byType);
  return applicableFor(cell, question);
};
