// Protocols in force, compiled: a decision is a chain of look-ups whose length depends on neither learners, protocols nor agencies.
import type { Category } from '#catalogue';
import type { AgencySlug } from '#kernel';
import type { ClauseName, ItemFacts, Question, Route } from './decision.ts';
import { type DecisionTable, lookUp, membershipOf } from './decision-table-cells.ts';
import { levelRank } from './fields.ts';
import {
  type Membership,
  type ProtocolInForce,
  type TableAgency,
  admits,
  comesFrom,
  factsMatch,
  membershipsOf,
  namedTest,
  names,
} from './decision-table-parties.ts';
import {
  type Bar,
  type Permission,
  barsOf,
  byName,
  clauseName,
  covers,
  fitsRoute,
  forbids,
  permissionsOf,
} from './decision-table-permissions.ts';
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

/**
 * The clauses that share such an item of such a source with agencies, to whomever and on whatever condition, by name: for whoever it is
 * about, and wants to know where it goes and why.
 */
export const clausesThatShare = (table: DecisionTable, { type, category, source, facts }: ItemFacts): readonly ClauseName[] => {
  const teller = membershipOf(table, source);
  const shares = (permission: Permission): boolean =>
    permission.to.office === undefined &&
    covers(permission.share, type, category) &&
    factsMatch(permission.share.when, facts) &&
    comesFrom(permission, teller);
  return [...new Set(table.permissions.filter(shares).map(({ permit }) => permit.clause))].sort(byName);
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

// What follows from agencies and protocols alone about items that nobody has looked at yet: of whose a list need not be asked at all.

/** Kinds of items, by short type and category. */
export type Kinds = readonly (readonly [type: string, category: Category])[];

export interface Reaching {
  readonly recipient: AgencySlug;
  readonly source: AgencySlug;
  readonly kinds: Kinds;
  readonly purposes: Question['purposes'];
}

/** What of a source's items a list could show: nothing; those that name the recipient, or nobody; whatever they say. */
export type Reach = 'nothing' | 'named' | 'any';

const binds = (bar: Bar, { roles }: Membership, kinds: Kinds): boolean =>
  names(bar.prohibition.to, roles) && kinds.some(([type, category]) => forbids(bar.share, type, category));

/** Whether a prohibition keeps such items of some sources from the recipient, whatever clauses say. */
export const isBarred = (table: DecisionTable, recipient: AgencySlug, kinds: Kinds): boolean =>
  table.bars.some((bar) => binds(bar, membershipOf(table, recipient), kinds));

/** Never less than what `decideDisclosure` permits by the route `list`, but where clauses tell items apart by more than whom they name. */
export const reachOf = (table: DecisionTable, { recipient, source, kinds, purposes }: Reaching): Reach => {
  if (recipient === source) return 'any';
  const [reader, teller] = [membershipOf(table, recipient), membershipOf(table, source)];
  const barred = table.bars.some((bar) => bar.share.when === undefined && names(bar.from, teller.roles) && binds(bar, reader, kinds));
  if (barred) return 'nothing';
  const permissions = table.permissions.filter(
    (permission) =>
      (purposes === 'any' || purposes.includes(permission.purpose)) &&
      kinds.some(([type, category]) => covers(permission.share, type, category)) &&
      fitsRoute(permission, 'list') &&
      comesFrom(permission, teller) &&
      admits(permission.to, reader, permission.protocol),
  );
  if (permissions.length === 0) return 'nothing';
  return permissions.every(({ to }) => namedTest(to) !== undefined) ? 'named' : 'any';
};
