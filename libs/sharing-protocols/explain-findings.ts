// What each clause about an item finds, by the documents alone and not by the table's cells: a second reading of the same rules.
import { type CandidateLack, LACKS, askedBy, lackOf } from './decide-disclosure-lacks.ts';
import type { ClauseName, Question } from './decision.ts';
import { type Candidate, type DecisionTable, membershipOf } from './decision-table-cells.ts';
import { admits, factsMatch, names } from './decision-table-parties.ts';
import { type Bar, type Permission, byName, covers, fitsRoute, forbids, isSensitive } from './decision-table-permissions.ts';

/** Why a clause does not permit, from the furthest off to the nearest; `permits`: it does. */
export type FindingCode =
  | 'recipient-no-party'
  | 'source-no-party'
  | 'other-source'
  | 'other-recipient'
  | 'other-route'
  | 'other-facts'
  | 'other-purpose'
  | CandidateLack
  | 'permits';

export interface Finding {
  readonly clause: ClauseName;
  readonly says: string;
  readonly found: FindingCode;
}

/** A prohibition about the item. */
export interface Ban {
  readonly clause: ClauseName;
  readonly says: string;
  readonly binds: 'recipient' | 'aggregates' | 'nobody-here';
}

const barApplies = (table: DecisionTable, { share, from }: Bar, { item }: Question): boolean =>
  forbids(share, item.type, item.category) && factsMatch(share.when, item.facts) && names(from, membershipOf(table, item.source).roles);

const bindsHere = (table: DecisionTable, { prohibition }: Bar, question: Question): Ban['binds'] => {
  if (names(prohibition.to, membershipOf(table, question.recipient).roles)) return 'recipient';
  return prohibition.aggregates === true && question.route === 'aggregate' ? 'aggregates' : 'nobody-here';
};

/** The prohibitions about the item, by name, and whom they bind here. */
export const bansOn = (table: DecisionTable, question: Question): readonly Ban[] => {
  const bans = table.bars
    .filter((bar) => barApplies(table, bar, question))
    .map((bar) => ({ clause: bar.clause, says: bar.prohibition.says, binds: bindsHere(table, bar, question) }));
  return [...new Map(bans.map((ban) => [ban.clause, ban])).values()];
};

type Check = (permission: Permission, table: DecisionTable, question: Question) => boolean;

const rolesOf = (agency: string, { protocol }: Permission, table: DecisionTable): Candidate['roles'] =>
  membershipOf(table, agency).partyRoles[protocol] ?? [];

const isShunned = ({ to }: Permission, table: DecisionTable, source: string): boolean =>
  membershipOf(table, source).roles.some((role) => to.notFrom?.includes(role) === true);

const asks = ({ purposes }: Question, purpose: string): boolean => purposes === 'any' || purposes.includes(purpose);

const CHECKS: readonly (readonly [FindingCode, Check])[] = [
  [
    'recipient-no-party',
    (permission, table, { recipient }) => permission.to.office === undefined && rolesOf(recipient, permission, table).length === 0,
  ],
  [
    'source-no-party',
    (permission, table, { item }) => permission.share.merged !== true && rolesOf(item.source, permission, table).length === 0,
  ],
  [
    'other-source',
    (permission, table, { item }) =>
      !names(permission.from, rolesOf(item.source, permission, table)) || isShunned(permission, table, item.source),
  ],
  ['other-recipient', (permission, table, { recipient }) => !admits(permission.to, membershipOf(table, recipient), permission.protocol)],
  ['other-route', (permission, _, { route }) => !fitsRoute(permission, route)],
  ['other-facts', ({ share }, _, { item }) => !factsMatch(share.when, item.facts)],
  ['other-purpose', ({ purpose }, _, question) => !asks(question, purpose)],
];

const closed = (table: DecisionTable, permission: Permission, question: Question): boolean =>
  table.bars.some(
    (bar) =>
      bar.protocolId !== permission.protocolId &&
      bar.prohibition.aggregates === true &&
      question.route === 'aggregate' &&
      barApplies(table, bar, question),
  );

const isNamed = ({ to: { namedIn, namedInWherePresent } }: Permission, { item: { facts }, recipient }: Question): boolean =>
  (namedIn === undefined || facts[namedIn] === recipient) &&
  (namedInWherePresent === undefined || facts[namedInWherePresent] === undefined || facts[namedInWherePresent] === recipient);

const hasBegunSince = ({ item: { source, begun = '' }, referred }: Question): boolean => begun >= (referred?.get(source) ?? '9999-12-31');

const candidateFor = (table: DecisionTable, permission: Permission, question: Question): Candidate => ({
  permission,
  roles: rolesOf(question.recipient, permission, table).filter((role) => permission.to.roles.includes(role)),
  barred: closed(table, permission, question),
  confirmed: question.item.confirmed ?? true,
  named: isNamed(permission, question),
  answers: permission.to.answers === undefined || question.item.answers === question.recipient,
  since: permission.to.since === undefined || hasBegunSince(question),
  sensitive: isSensitive(permission, question.item.category),
});

const findingOf = (table: DecisionTable, permission: Permission, question: Question): FindingCode => {
  const unfit = CHECKS.find(([, check]) => check(permission, table, question));
  return (
    unfit?.[0] ??
    lackOf(candidateFor(table, permission, question), askedBy(membershipOf(table, question.recipient).roles, question)) ??
    'permits'
  );
};

const NEARNESS: readonly FindingCode[] = [...CHECKS.map(([code]) => code), ...LACKS, 'permits'];

const nearer = (a: FindingCode | undefined, b: FindingCode): FindingCode =>
  a === undefined || NEARNESS.indexOf(a) < NEARNESS.indexOf(b) ? b : a;

/**
 * Every clause that shares such an item, by name, with what its permission that came nearest found.
 * Prohibitions that bind are left to `bansOn`.
 */
export const findingsOn = (table: DecisionTable, question: Question): readonly Finding[] => {
  const findings = new Map<ClauseName, Finding>();
  for (const permission of table.permissions.filter(({ share }) => covers(share, question.item.type, question.item.category))) {
    const { clause } = permission.permit;
    const found = nearer(findings.get(clause)?.found, findingOf(table, permission, question));
    findings.set(clause, { clause, says: permission.flow.says, found });
  }
  return [...findings.values()].sort((a, b) => byName(a.clause, b.clause));
};
