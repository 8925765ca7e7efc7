// What protocols in force would let through, and which of it no recorded decision made use of.
import { type Category, shippedCatalogue } from '#catalogue';
import {
  type ClauseName,
  type DecisionTable,
  type Flow,
  officeRecipient,
  RECORDED_DECISION,
  type Share,
  type To,
} from '#sharing-protocols';
import { basisText } from '../disclosure-log.ts';
import type { CountedClause, FlowShown } from './flow-sight.ts';

export interface AllowedFlow {
  readonly clauses: readonly ClauseName[];
  /** Roles of agencies. */
  readonly from: 'any' | readonly string[];
  readonly category: string;
  /** A role of agencies, or an office as `operator:data-manager`. */
  readonly to: string;
  readonly basis: string;
  readonly reliesOnConsent: boolean;
}

/** Alike but for their clauses: once. */
export const allowedFlows = (table: DecisionTable): readonly AllowedFlow[] => {
  const all = [...table.flows].flatMap(([clause, flow]) => flow.share.flatMap((share) => flowsOf(clause, flow, share)));
  const alike = Map.groupBy(all, ({ clauses: _, ...rest }) => JSON.stringify(rest));
  return [...alike.values()].flatMap((same) => {
    const [first] = same;
    return first === undefined ? [] : [{ ...first, clauses: [...new Set(same.flatMap(({ clauses }) => clauses))] }];
  });
};

const flowsOf = (clause: ClauseName, flow: Flow, share: Share): readonly AllowedFlow[] => {
  const category = categoryOf(share);
  if (category === undefined) return [];
  const ground = { basis: basisText(flow.basis), reliesOnConsent: (share.consent ?? flow.consent) !== undefined };
  const from = share.from ?? flow.from;
  return flow.to.flatMap(recipientsOf).map((to) => ({ clauses: [clause], from, category, to, ...ground }));
};

const recipientsOf = ({ roles, office }: To): readonly string[] => (office === undefined ? roles : [officeRecipient(office)]);

/** Of what the broker itself records, none. */
const categoryOf = ({ category, type }: Share): Category | undefined => {
  if (category !== undefined || type === undefined || type === RECORDED_DECISION) return category;
  return shippedCatalogue()
    .types.find(({ short }) => short === type)
    ?.categoryOf({});
};

interface Used {
  readonly flows: readonly FlowShown[];
  readonly clauses: readonly CountedClause[];
  /** Whether a recipient is one of those to whom a flow goes. */
  readonly isOf: (recipient: string, to: string) => boolean;
}

export const unusedFlows = (allowed: readonly AllowedFlow[], { flows, clauses, isOf }: Used): readonly AllowedFlow[] => {
  const got = new Set(flows.map(({ recipient, category }) => `${recipient}\n${category}`));
  const isUsed = ({ clauses: named, category, to }: AllowedFlow): boolean =>
    clauses.some(({ clause, recipient }) => named.includes(clause) && isOf(recipient, to) && got.has(`${recipient}\n${category}`));
  return allowed.filter((flow) => !isUsed(flow));
};
