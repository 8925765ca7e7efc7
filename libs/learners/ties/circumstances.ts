// What standing rests on beside what was said of the learner: the operator's register, link advisers, the moment.
import type { AgencySlug, Instant, IsoDate } from '#kernel';

/** The operator's register of areas and legal entities, as the rules ask it. */
export interface Areas {
  /** Agencies whose service is area based and whose districts hold the postcode; the longest prefix wins among those of one role (W4). */
  covers(postcode: string): ReadonlySet<AgencySlug>;
  /** Whether the register gives both a district in common. */
  shareDistrict(a: AgencySlug, b: AgencySlug): boolean;
  /** Agencies of one legal entity count as one. */
  sameEntity(a: AgencySlug, b: AgencySlug): boolean;
}

/** Who said to be a provider's link adviser, in order, each once; and whom the provider confirmed. */
export interface LinkAdviser {
  readonly assigned: readonly AgencySlug[];
  readonly confirmed: readonly AgencySlug[];
}

/** By provider. */
export type LinkAdvisers = ReadonlyMap<AgencySlug, LinkAdviser>;

export interface Circumstances {
  readonly now: Instant;
  /** In London. */
  readonly today: IsoDate;
  readonly areas: Areas;
  readonly linkAdvisers: LinkAdvisers;
}

const nobody: LinkAdviser = { assigned: [], confirmed: [] };

const lastly = (list: readonly AgencySlug[], agency: AgencySlug): readonly AgencySlug[] => [
  ...list.filter((one) => one !== agency),
  agency,
];

/** The agency says that its adviser is the provider's link adviser. */
export const withLinkAssigned = (all: LinkAdvisers, provider: AgencySlug, by: AgencySlug): LinkAdvisers => {
  const before = all.get(provider) ?? nobody;
  return new Map([...all, [provider, { ...before, assigned: lastly(before.assigned, by) }]]);
};

/** The provider says so too. */
export const withLinkConfirmed = (all: LinkAdvisers, provider: AgencySlug, by: AgencySlug): LinkAdvisers => {
  const before = all.get(provider) ?? nobody;
  return new Map([...all, [provider, { ...before, confirmed: lastly(before.confirmed, by) }]]);
};

/**
 * Whose adviser is the provider's link adviser (W3): the last assigned of those whom the provider confirmed,
 * or who share a district with it.
 */
export const linkAdviserOf = (
  { linkAdvisers, areas }: Pick<Circumstances, 'linkAdvisers' | 'areas'>,
  provider: AgencySlug,
): AgencySlug | undefined => {
  const { assigned, confirmed } = linkAdvisers.get(provider) ?? nobody;
  return assigned.findLast((agency) => confirmed.includes(agency) || areas.shareDistrict(agency, provider));
};
