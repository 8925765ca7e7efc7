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
  /** All of it as it was said, in order. */
  readonly said: readonly LinkSaid[];
}

interface LinkSaid {
  readonly as: 'assigned' | 'confirmed';
  readonly by: AgencySlug;
  /** Day (London) on which its source says that it was; absent where that is not known. */
  readonly on: IsoDate | undefined;
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

const nobody: LinkAdviser = { assigned: [], confirmed: [], said: [] };

const lastly = (list: readonly AgencySlug[], agency: AgencySlug): readonly AgencySlug[] => [
  ...list.filter((one) => one !== agency),
  agency,
];

const saidToo = (before: LinkAdviser, said: LinkSaid): LinkAdviser => ({
  ...before,
  [said.as]: lastly(before[said.as], said.by),
  said: [...before.said, said],
});

const withSaid = (all: LinkAdvisers, provider: AgencySlug, said: LinkSaid): LinkAdvisers =>
  new Map([...all, [provider, saidToo(all.get(provider) ?? nobody, said)]]);

/** The agency says that its adviser is the provider's link adviser. */
export const withLinkAssigned = (all: LinkAdvisers, provider: AgencySlug, by: AgencySlug, on?: IsoDate): LinkAdvisers =>
  withSaid(all, provider, { as: 'assigned', by, on });

/** The provider says so too. */
export const withLinkConfirmed = (all: LinkAdvisers, provider: AgencySlug, by: AgencySlug, on?: IsoDate): LinkAdvisers =>
  withSaid(all, provider, { as: 'confirmed', by, on });

/**
 * Whose adviser is the provider's link adviser (W3): the last assigned of those whom the provider confirmed,
 * or who share a district with it. `on`: by what had been said by the end of that day; districts are those of now.
 */
export const linkAdviserOf = (
  { linkAdvisers, areas }: Pick<Circumstances, 'linkAdvisers' | 'areas'>,
  provider: AgencySlug,
  on?: IsoDate,
): AgencySlug | undefined => {
  const all = linkAdvisers.get(provider) ?? nobody;
  const { assigned, confirmed } = on === undefined ? all : saidBy(all, on);
  return assigned.findLast((agency) => confirmed.includes(agency) || areas.shareDistrict(agency, provider));
};

const saidBy = ({ said }: LinkAdviser, day: IsoDate): LinkAdviser =>
  said.filter(({ on }) => on === undefined || on <= day).reduce(saidToo, nobody);
