// The agencies and their keys as they stand, and whose area a postcode lies in.
import type { AgencySlug, Instant } from '#kernel';
import type { Role } from '#catalogue';
import type {
  AgencyEvent,
  AgencyEventData,
  AgencyEventType,
  AgencyPartChanged,
  AgencyRegistered,
  KeyRegistered,
  KeyRevoked,
  KeyUse,
  PublicJwk,
} from './agencies.events.ts';
import { holds, type Place, placeOf, readDistricts, written } from './districts.ts';

// The agencies and their keys as they stand.

export interface AgencyKey {
  readonly kid: string;
  readonly use: KeyUse;
  readonly jwk: PublicJwk;
  readonly from: Instant;
  /** In force before this instant only; absent: no end. */
  readonly until?: Instant;
  readonly revoked?: { readonly at: Instant; readonly reason: string };
}

export interface AgencyStopped {
  readonly as: 'suspended' | 'ended';
  readonly at: Instant;
  readonly reason: string;
}

export interface Agency extends AgencyRegistered {
  readonly keys: readonly AgencyKey[];
  /** It contributes nothing and is shown nothing until it is readmitted; what it said stays as recorded. Absent: it takes part. */
  readonly stopped?: AgencyStopped;
}

export type AgencyState = 'taking-part' | AgencyStopped['as'];

export const stateOf = ({ stopped }: Agency): AgencyState => stopped?.as ?? 'taking-part';

/** Whether it may contribute and be shown anything. */
export const takesPart = ({ stopped }: Agency): boolean => stopped === undefined;

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

/** What is said of an agency anew neither takes its keys nor readmits it. */
const said = (data: AgencyRegistered, { keys = [], stopped }: Partial<Agency> = {}): Agency => ({
  ...data,
  keys,
  ...(stopped === undefined ? {} : { stopped }),
});

const revoked = (agency: Agency, { kid, at, reason }: KeyRevoked): Agency => ({
  ...agency,
  keys: agency.keys.map((key) => (key.kid === kid ? { ...key, revoked: { at, reason } } : key)),
});

const stopped = (agency: Agency, as: AgencyStopped['as'], { at, reason }: AgencyPartChanged): Agency => ({
  ...agency,
  stopped: { as, at, reason },
});

const readmitted = ({ stopped: _, ...agency }: Agency): Agency => agency;

/** What becomes of an agency that is registered. */
const CHANGES: {
  readonly [Type in Exclude<AgencyEventType, 'uk.concordat.agency.registered.v1'>]: (agency: Agency, data: AgencyEventData[Type]) => Agency;
} = {
  'uk.concordat.agency.key-registered.v1': withKey,
  'uk.concordat.agency.key-revoked.v1': revoked,
  'uk.concordat.agency.suspended.v1': (agency, data) => stopped(agency, 'suspended', data),
  'uk.concordat.agency.ended.v1': (agency, data) => stopped(agency, 'ended', data),
  'uk.concordat.agency.readmitted.v1': readmitted,
};

const agencyAfter = (agency: Agency | undefined, event: AgencyEvent): Agency | undefined => {
  if (event.type === 'uk.concordat.agency.registered.v1') return said(event.data, agency);
  return agency && (CHANGES[event.type] as (agency: Agency, data: AgencyEvent['data']) => Agency)(agency, event.data);
};

export const evolveAgencies = (state: AgenciesState, event: AgencyEvent): AgenciesState => {
  const { slug } = event.data;
  const agency = agencyAfter(state.bySlug.get(slug), event);
  return {
    bySlug: agency === undefined ? state.bySlug : new Map(state.bySlug).set(slug, agency),
    owners: event.type === 'uk.concordat.agency.key-registered.v1' ? new Map(state.owners).set(event.data.kid, slug) : state.owners,
  };
};

// Whose area a postcode lies in, and which agencies count as one: what the register gives to the rules. Pure.

/** Only theirs make an agency resident-area; the districts of others serve the link adviser alone. */
export const AREA_ROLES = ['connexions', 'local-authority', 'yot', 'social-services', 'jobcentre'] as const satisfies readonly Role[];

export type AgencyWithArea = Pick<AgencyRegistered, 'slug' | 'roles' | 'districts' | 'entity'>;

export interface AreaIndex {
  /** Who is resident-area there: for each such role the agencies with the longest district that holds the postcode. */
  readonly covers: (postcode: string) => ReadonlySet<AgencySlug>;
  /** Whether a district of one is, or holds, a district of the other. */
  readonly shareDistrict: (a: AgencySlug, b: AgencySlug) => boolean;
  /** Whether both are one legal entity; an agency is one with itself. */
  readonly sameEntity: (a: AgencySlug, b: AgencySlug) => boolean;
  /** The other agencies of its legal entity. */
  readonly kinOf: (slug: AgencySlug) => readonly AgencySlug[];
}

/** Enough for the postcodes that are asked about together; made-up ones take no more. */
const REMEMBERED = 10_000;

type Claims = ReadonlyMap<string, readonly AgencySlug[]>;

export const areasOf = (agencies: readonly AgencyWithArea[]): AreaIndex => {
  const places = new Map(agencies.map(({ slug, districts }) => [slug, readDistricts(districts).places]));
  const claims = AREA_ROLES.map((role) => claimsOf(agencies, places, role));
  const entities = new Map(agencies.flatMap(({ slug, entity }) => (entity === undefined ? [] : [[slug, entity] as const])));
  const sameEntity = (a: AgencySlug, b: AgencySlug): boolean => a === b || (entities.has(a) && entities.get(a) === entities.get(b));
  const kin = new Map(
    [...entities.keys()].map((slug) => [slug, [...entities.keys()].filter((other) => other !== slug && sameEntity(other, slug))]),
  );
  return {
    covers: coverOf(claims),
    shareDistrict: remembering(places),
    sameEntity,
    kinOf: (slug) => kin.get(slug) ?? [],
  };
};

/** Of one role: who claims which district. */
const claimsOf = (agencies: readonly AgencyWithArea[], places: ReadonlyMap<AgencySlug, readonly Place[]>, role: Role): Claims => {
  const claims = new Map<string, AgencySlug[]>();
  for (const { slug, roles } of agencies) {
    if (!roles.includes(role)) continue;
    for (const place of places.get(slug) ?? []) claims.set(written(place), [...(claims.get(written(place)) ?? []), slug]);
  }
  return claims;
};

/** Few sets answer for many postcodes: equal ones are one. */
const coverOf = (claims: readonly Claims[]): AreaIndex['covers'] => {
  const setOf = remembered((slugs) => new Set(slugs.split(' ').filter((slug) => slug !== '')));
  return remembered((postcode) => {
    const place = placeOf(postcode);
    const prefixes = place === undefined ? [] : prefixesOf(place);
    return setOf(claims.flatMap((ofRole) => longest(ofRole, prefixes)).join(' '));
  });
};

const longest = (claims: Claims, prefixes: readonly string[]): readonly AgencySlug[] => {
  const found = prefixes.find((prefix) => claims.has(prefix));
  return found === undefined ? [] : (claims.get(found) ?? []);
};

/** The districts that could hold it, the longest first. */
const prefixesOf = ({ outward, inward }: Place): readonly string[] =>
  Array.from({ length: inward.length + 1 }, (_, shorter) => written({ outward, inward: inward.slice(0, inward.length - shorter) }));

/** Forgets the oldest beyond the bound. */
const remembered = <Found>(find: (key: string) => Found): ((key: string) => Found) => {
  const memory = new Map<string, Found>();
  return (key) => {
    const known = memory.get(key);
    if (known !== undefined) return known;
    const found = find(key);
    const [oldest] = memory.size < REMEMBERED ? [] : memory.keys();
    if (oldest !== undefined) memory.delete(oldest);
    memory.set(key, found);
    return found;
  };
};

/** By pair; agencies are few. */
const remembering = (places: ReadonlyMap<AgencySlug, readonly Place[]>): AreaIndex['shareDistrict'] => {
  const share = (a: AgencySlug, b: AgencySlug): boolean =>
    (places.get(a) ?? []).some((one) => (places.get(b) ?? []).some((other) => holds(one, other) || holds(other, one)));
  const find = remembered((a) => remembered((b) => share(a, b)));
  return (a, b) => places.has(a) && places.has(b) && find(a)(b);
};
