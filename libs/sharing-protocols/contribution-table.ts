// Admission's question to the protocols: may this agency contribute such an event (product.md, invariant 1)?
import type { Role } from '#catalogue';
import type { AgencySlug } from '#kernel';
import type { ItemFacts } from './decision.ts';
import { factsMatch, type Membership, membershipsOf, names, type ProtocolInForce, type TableAgency } from './decision-table-parties.ts';
import { byName } from './decision-table-permissions.ts';
import type { Bearing, Contribution, ProtocolDocument } from './language.ts';

export interface ContributionQuestion {
  readonly agency: AgencySlug;
  /** Those of its roles in which it acts; absent: all that it holds. */
  readonly roles?: readonly Role[];
  /** Short type, as `assessment.recorded`. */
  readonly type: string;
  readonly facts: ItemFacts['facts'];
}

export type Admittance =
  | {
      readonly allowed: true;
      /** What the contributor must be to the learner. */
      readonly relationship: NonNullable<Contribution['relationship']>;
      /** Allowed only to whoever is this to what the event speaks of. */
      readonly condition?: Bearing;
      /** `protocol@version`. */
      readonly citation: string;
    }
  | { readonly allowed: false };

interface Clause {
  /** Place of its protocol among those in force. */
  readonly protocol: number;
  readonly contribution: Contribution;
  readonly admittance: Admittance & { readonly allowed: true };
}

/** Opaque: made by `compileContributionTable`. By short type, the least demanding first. */
export interface ContributionTable {
  readonly memberships: ReadonlyMap<AgencySlug, Membership>;
  readonly byType: ReadonlyMap<string, readonly Clause[]>;
}

const LEAST_DEMANDING: readonly NonNullable<Contribution['relationship']>[] = ['none', 'begins', 'any'];

const clauseOf = ({ id, version }: ProtocolDocument, protocol: number, contribution: Contribution): Clause => ({
  protocol,
  contribution,
  admittance: {
    allowed: true,
    relationship: contribution.relationship ?? 'any',
    ...(typeof contribution.roles === 'string' ? { condition: contribution.roles } : {}),
    citation: `${id}@${version}`,
  },
});

const leastDemandingFirst = ({ admittance: a }: Clause, { admittance: b }: Clause): number =>
  Number(a.condition !== undefined) - Number(b.condition !== undefined) ||
  LEAST_DEMANDING.indexOf(a.relationship) - LEAST_DEMANDING.indexOf(b.relationship) ||
  byName(a.citation, b.citation);

/** Of the same `inForce` and `agencies` as `compileDecisionTable`. */
export const compileContributionTable = (inForce: readonly ProtocolInForce[], agencies: readonly TableAgency[]): ContributionTable => {
  const clauses = inForce.flatMap(({ document }, protocol) =>
    document.contributions.flatMap((contribution) =>
      contribution.types.map((type) => ({ type, clause: clauseOf(document, protocol, contribution) })),
    ),
  );
  const byType = Map.groupBy(clauses, ({ type }) => type);
  return {
    memberships: membershipsOf(inForce, agencies).of,
    byType: new Map([...byType].map(([type, some]) => [type, some.map(({ clause }) => clause).sort(leastDemandingFirst)])),
  };
};

const admits = (
  { contribution: { roles: named, when, namedIn } }: Clause,
  roles: readonly Role[],
  { agency, facts }: ContributionQuestion,
): boolean =>
  roles.length > 0 &&
  (typeof named === 'string' || names(named, roles)) &&
  factsMatch(when, facts) &&
  (namedIn === undefined || facts[namedIn] === agency);

/** The least demanding contribution clause in force that lets the agency, a party of its protocol, contribute such an event. */
export const mayContribute = (table: ContributionTable, question: ContributionQuestion): Admittance => {
  const partyRolesByPlace = table.memberships.get(question.agency)?.partyRoles ?? [];
  const rolesIn = (protocol: number): readonly Role[] =>
    (partyRolesByPlace[protocol] ?? []).filter((role) => question.roles?.includes(role) ?? true);
  const clause = table.byType.get(question.type)?.find((one) => admits(one, rolesIn(one.protocol), question));
  return clause?.admittance ?? { allowed: false };
};
