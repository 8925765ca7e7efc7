// Flows of some months, and which clauses they rested on: as many rows as there are kinds of flows, whatever the number of learners.
import type { CountedClause, CountedFlow } from '#disclosure';
import type { Position } from '#kernel';
import type { ViewReader } from '../engine/index.ts';
import { flowsView, type Shared, totals } from './flows.view.ts';

export interface FlowsCounted {
  readonly position: Position;
  readonly flows: readonly CountedFlow[];
  readonly clauses: readonly CountedClause[];
}

/** Months as `2026-09`, both inclusive. */
export const countFlows = async (views: ViewReader, month: { readonly from: string; readonly to: string }): Promise<FlowsCounted> => {
  const { position, rows } = await views.rows(flowsView, totals, { between: { month }, order: ['month', 'what'], limit: ALL });
  const counted = [...Map.groupBy(rows, ({ what }) => what)].map(([what, months]) => ({
    what: JSON.parse(what) as Shared,
    decisions: months.reduce((sum, { decisions }) => sum + decisions, 0),
    learners: Math.max(...months.map(({ learners }) => learners)),
  }));
  return {
    position,
    flows: counted.flatMap(({ what, ...counts }) => (what[0] === 'flow' ? { ...flowOf(what), ...counts } : [])),
    clauses: counted.flatMap(({ what, decisions }) => (what[0] === 'clause' ? { clause: what[1], recipient: what[2], decisions } : [])),
  };
};

const ALL = 1_000_000;

const flowOf = ([, source, category, recipient, basis, relied]: Extract<Shared, readonly ['flow', ...string[]]>): Omit<
  CountedFlow,
  'decisions' | 'learners'
> => ({ source, category, recipient, basis, reliesOnConsent: relied === 'consent' });
