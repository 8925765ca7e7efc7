// Protocols in force, compiled: a decision is a chain of look-ups whose length depends on neither learners, protocols nor agencies.
import type { AgencySlug } from '#kernel';
import type { ClauseName, Question, Route } from './decision.ts';
import { type DecisionTable, lookUp, membershipOf } from './decision-table-cells.ts';
import { levelRank } from './fields.ts';
import { type ProtocolInForce, type TableAgency, admits, membershipsOf } from './decision-table-parties.ts';
import { type Permission, barsOf, byName, clauseName, fitsRoute, permissionsOf } from './decision-table-permissions.ts';
import type { Flow, Level } from './language.ts';

export type { DecisionTable } from './decision-table-cells.ts';
export { officeRecipient, type ProtocolInForce, type TableAgency } from './decision-table-parties.ts';

/**
 * `inForce`: the protocols that bind now, each with those who are its parties now. `agencies`: all that are registered.
 * Compile anew when either changes; an agency that is not listed holds no role.
 */
export const compileDecisionTable = (inForce: readonly ProtocolInForce[], agencies: readonly TableAgency[]): DecisionTable => {
  const documents = inForce.map(({ document }) => document);
  const flows = documents.flatMap((document) => document.flows.map((flow) => [clauseName(document, flow.id), flow] as const));
  const memberships = membershipsOf(inForce, agencies);
  return {
    inForce,
    memberships: memberships.of,
    nobody: memberships.nobody,
    purposes: new Set(documents.flatMap(({ purposes }) => purposes.map(({ id }) => id))),
    flows: new Map(flows),
    permissions: permissionsOf(documents),
    bars: barsOf(documents),
    cells: [],
  };
};

/** The flow that a permit cites, with its retention and suppression threshold; undefined for `own`. */
export const flowOf = (table: DecisionTable, clause: ClauseName): Flow | undefined => table.flows.get(clause);

/**
 * The clauses on which a recipient could see something by this route for these purposes, by name. They follow from recipient and purposes
 * alone, so that a refusal that cites them says nothing of what is held.
 */
export const clausesThatWouldHave = (
  table: DecisionTable,
  recipient: AgencySlug,
  purposes: Question['purposes'],
  route: Route = 'learner',
): readonly ClauseName[] => {
  const membership = membershipOf(table, recipient);
  const couldPermit = (permission: Permission): boolean =>
    (purposes === 'any' || purposes.includes(permission.purpose)) &&
    fitsRoute(permission, route) &&
    admits(permission.to, membership, permission.protocol);
  return [...new Set(table.permissions.filter(couldPermit).map(({ permit }) => permit.clause))].sort(byName);
};

/** A clause that would show more of an item, and what it asks for beside role and purpose. */
export interface Opening {
  readonly clause: ClauseName;
  readonly needs: 'consent' | 'relationship';
}

/**
 * On which clauses more than this level of an item could be shown, by name. They follow from the roles of both, the purposes and the kind
 * of item alone, so that they say nothing of which consents and relationships there are.
 */
export const clausesThatWouldShowMore = (
  table: DecisionTable,
  question: Pick<Question, 'recipient' | 'purposes' | 'route' | 'item'>,
  level: Level,
): readonly Opening[] => {
  const { recipient, purposes } = question;
  const asked = { ...question, relationships: 0, learner: { consents: [], objections: [], restrictions: [] }, today: '' };
  const { prohibited, all } = lookUp(table, asked, membershipOf(table, recipient));
  if (prohibited !== undefined) return [];
  const wider = all
    .filter(({ purpose }) => purposes === 'any' || purposes.includes(purpose))
    .flatMap(({ candidates }) => candidates)
    .filter(({ permission: { permit } }) => levelRank(permit.level) > levelRank(level));
  const found = wider.map(({ permission: { permit, consent } }): [ClauseName, Opening] => [
    permit.clause,
    { clause: permit.clause, needs: consent === undefined ? 'relationship' : 'consent' },
  ]);
  return [...new Map(found).values()].sort((one, other) => byName(one.clause, other.clause));
};
