// The agencies and their keys as they stand.
import type { AgencySlug, Instant } from '#kernel';
import type { AgencyEvent, AgencyRegistered, KeyRegistered, KeyUse, PublicJwk } from './agencies.events.ts';

export interface AgencyKey {
  readonly kid: string;
  readonly use: KeyUse;
  readonly jwk: PublicJwk;
  readonly from: Instant;
  /** In force before this instant only; absent: no end. */
  readonly until?: Instant;
  readonly revoked?: { readonly at: Instant; readonly reason: string };
}

export interface Agency extends AgencyRegistered {
  readonly keys: readonly AgencyKey[];
}

export interface AgenciesState {
  readonly bySlug: ReadonlyMap<AgencySlug, Agency>;
  /** Whose key a thumbprint names. */
  readonly owners: ReadonlyMap<string, AgencySlug>;
}

export const initialAgencies: AgenciesState = { bySlug: new Map(), owners: new Map() };

export const isInForce = ({ from, until, revoked }: AgencyKey, at: Instant): boolean =>
  from <= at && (until === undefined || at < until) && (revoked === undefined || at < revoked.at);

/** A key that ends earlier already keeps its end. */
const endingBy = (key: AgencyKey, end: Instant): AgencyKey => ({ ...key, until: Math.min(key.until ?? end, end) });

const withKey = (agency: Agency, { use, kid, jwk, from, othersEnd }: KeyRegistered): Agency => ({
  ...agency,
  keys: [
    ...agency.keys.map((key) => (key.use === use && othersEnd !== undefined ? endingBy(key, othersEnd) : key)),
    { kid, use, jwk, from },
  ],
});

const withAgency = (state: AgenciesState, agency: Agency | undefined): AgenciesState =>
  agency === undefined ? state : { ...state, bySlug: new Map(state.bySlug).set(agency.slug, agency) };

export const evolveAgencies = (state: AgenciesState, event: AgencyEvent): AgenciesState => {
  const agency = state.bySlug.get(event.data.slug);
  switch (event.type) {
    case 'uk.concordat.agency.registered.v1':
      return withAgency(state, { ...event.data, keys: agency?.keys ?? [] });
    case 'uk.concordat.agency.key-registered.v1':
      return { ...withAgency(state, agency && withKey(agency, event.data)), owners: new Map(state.owners).set(event.data.kid, event.data.slug) };
    case 'uk.concordat.agency.key-revoked.v1': {
      const { kid, at, reason } = event.data;
      return withAgency(state, agency && { ...agency, keys: agency.keys.map((key) => (key.kid === kid ? { ...key, revoked: { at, reason } } : key)) });
    }
  }
};
