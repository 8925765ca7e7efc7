// Whose area a postcode lies in, and which agencies count as one: what the register gives to the rules. Pure.
import type { Role } from '#catalogue';
import type { AgencySlug } from '#kernel';
import type { AgencyRegistered } from './agencies.events.ts';
import { holds, type Place, placeOf, readDistricts, written } from './districts.ts';

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
