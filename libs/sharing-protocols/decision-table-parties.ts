// Whom a clause names, by their memberships, and which facts it asks for: what the tables of contributions and disclosures are made of.
import type { Role } from '#catalogue';
import type { AgencySlug } from '#kernel';
import type { Office, Party, ProtocolDocument, Share, To, When } from './language.ts';
import type { ItemFacts, Question } from './decision.ts';

// Memberships: the roles in which an agency is a party of each protocol. Agencies of equal membership share one part of the table.

/** A protocol that binds now, with the agencies that are its parties now. */
export interface ProtocolInForce {
  readonly document: ProtocolDocument;
  readonly parties: readonly AgencySlug[];
}

export interface TableAgency {
  readonly slug: AgencySlug;
  readonly roles: readonly Role[];
  /**
   * Outward codes as `WV14`, or longer prefixes as `WV14 8`.
   * Absent: a party's districts are taken as checked by whoever named the agency a party.
   */
  readonly districts?: readonly string[];
}

interface Sharing {
  readonly share: Share;
  readonly from: 'any' | readonly Role[];
  readonly to: To;
  /** Place of the protocol in the table. */
  readonly protocol: number;
}

/** Whether one of the roles is among those named. */
export const names = (named: 'any' | readonly Role[], roles: readonly Role[]): boolean =>
  named === 'any' || roles.some((role) => named.includes(role));

const among = <T>(value: T, list: readonly T[] | undefined): boolean => list === undefined || list.includes(value);

/** A protocol names outward codes; a longer prefix of an agency's falls within its own. */
const isInDistricts = ({ districts: named }: Party, { districts }: TableAgency): boolean =>
  named === undefined || districts === undefined || districts.some((district) => named.includes(district.split(' ')[0] ?? ''));

const fills = (party: Party, role: Role, agency: TableAgency): boolean =>
  party.role === role && among(agency.slug, party.agencies) && isInDistricts(party, agency);

/** The roles in which an agency is a party of the protocol; none: it is no party. */
export const partyRoles = (protocol: ProtocolInForce, agency: TableAgency): readonly Role[] =>
  protocol.parties.includes(agency.slug)
    ? agency.roles.filter((role) => protocol.document.parties.some((party) => fills(party, role, agency)))
    : [];

/** The recipient that a question names for a post that is no agency; no agency's slug holds a colon. */
export const officeRecipient = (office: Office): string => `operator:${office}`;

export const OFFICES = ['data-manager', 'dpo-of', 'dpo-partnership', 'operator', 'learner', 'public'] as const satisfies readonly Office[];

/** What decisions need to know of an agency; one for all agencies with equal roles and memberships. */
export interface Membership {
  readonly index: number;
  /** All its roles: a prohibition binds by any of them. */
  readonly roles: readonly Role[];
  /** By place of the protocol in the table: the roles in which it is a party, none if it is not. */
  readonly partyRoles: readonly (readonly Role[])[];
  /** Set for a post, which is no agency and holds no role. */
  readonly office?: Office;
}

export interface Memberships {
  readonly of: ReadonlyMap<AgencySlug, Membership>;
  /** That of an agency nobody registered: no role, party of nothing. */
  readonly nobody: Membership;
}

/** Whether a flow's recipients take in one of such membership. */
export const admits = (to: To, { partyRoles: roles, office }: Membership, protocol: number): boolean =>
  to.office === undefined ? to.roles.some((role) => roles[protocol]?.includes(role)) : to.office === office;

/**
 * Whether an item of such a source is one that the permission shares: the source is a party in a role that it names.
 * The merged identity has none.
 */
export const comesFrom = ({ share, from, to, protocol }: Sharing, { roles, partyRoles }: Membership): boolean => {
  if (share.merged === true) return true;
  const party = partyRoles[protocol] ?? [];
  return party.length > 0 && names(from, party) && !(to.notFrom !== undefined && names(to.notFrom, roles));
};

const officesFrom = (first: number, nobody: Membership): readonly (readonly [string, Membership])[] =>
  OFFICES.map((office, n) => [officeRecipient(office), { ...nobody, index: first + n, office }]);

/** Groups the agencies by membership. */
export const membershipsOf = (inForce: readonly ProtocolInForce[], agencies: readonly TableAgency[]): Memberships => {
  const nobody: Membership = { index: 0, roles: [], partyRoles: inForce.map(() => []) };
  const kinds = new Map<string, Membership>();
  const of = new Map<AgencySlug, Membership>();
  for (const agency of agencies) {
    const roles = [...new Set(agency.roles)].sort();
    const partyRolesByPlace = inForce.map((protocol) => partyRoles(protocol, { ...agency, roles }));
    const kind = JSON.stringify([roles, partyRolesByPlace]);
    const membership = kinds.get(kind) ?? { index: kinds.size + 1, roles, partyRoles: partyRolesByPlace };
    kinds.set(kind, membership);
    of.set(agency.slug, membership);
  }
  return { of: new Map([...of, ...officesFrom(kinds.size + 1, nobody)]), nobody };
};

// What a cell asks of an item: its facts, whom they name, whose thing it answers, and since when its programme runs.

export interface Test {
  readonly key: string;
  readonly holds: (question: Question) => boolean;
}

type Facts = ItemFacts['facts'];

const holdsOneOf = (facts: Facts, [field, values]: readonly [string, readonly string[]]): boolean => {
  const value = facts[field];
  return value !== undefined && values.includes(value);
};

/** Each field that `when` names holds one of its values. */
export const factsMatch = (when: When | undefined, facts: Facts): boolean =>
  when === undefined || Object.entries(when).every((field) => holdsOneOf(facts, field));

const whenKey = (when: When): string =>
  JSON.stringify(
    Object.keys(when)
      .sort()
      .map((field) => [field, [...(when[field] ?? [])].sort()]),
  );

export const whenTest = (when: When): Test => {
  const fields = Object.entries(when);
  return { key: whenKey(when), holds: ({ item: { facts } }) => fields.every((field) => holdsOneOf(facts, field)) };
};

/** The item names the recipient where `to` asks for that; undefined: it does not ask. */
export const namedTest = ({ namedIn, namedInWherePresent }: To): Test | undefined => {
  if (namedIn !== undefined) return { key: `named in ${namedIn}`, holds: ({ item, recipient }) => item.facts[namedIn] === recipient };
  if (namedInWherePresent === undefined) return undefined;
  return {
    key: `named in ${namedInWherePresent} where present`,
    holds: ({ item, recipient }) => (item.facts[namedInWherePresent] ?? recipient) === recipient,
  };
};

const ANSWERS: Test = { key: 'answers', holds: ({ item, recipient }) => item.answers === recipient };

/** The same for what the item answers. */
export const answersTest = ({ answers }: To): Test | undefined => (answers === undefined ? undefined : ANSWERS);

const begunSince = ({ item: { source, begun }, referred }: Question): boolean => {
  const day = referred?.get(source);
  return day !== undefined && begun !== undefined && day <= begun;
};

const SINCE: Test = { key: 'since', holds: begunSince };

/** The same for the day of the referral. */
export const sinceTest = ({ since }: To): Test | undefined => (since === undefined ? undefined : SINCE);
