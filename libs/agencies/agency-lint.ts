// What the operator should know of the register: claims that overlap, districts that do nothing, entities that join nobody. Pure.
import type { AgencySlug } from '#kernel';
import { type AgencyWithArea, AREA_ROLES, areasOf } from './agencies.ts';
import { holds, type Place, readDistricts, written } from './districts.ts';
import { isReserved } from './agencies.decide.ts';

export interface AgencyFinding {
  /** An error is wrong whatever was meant; a warning may be meant so. */
  readonly severity: 'error' | 'warning';
  readonly rule:
    | 'slug-reserved'
    | 'district-malformed'
    | 'equal-claims'
    | 'claim-within-claim'
    | 'district-without-effect'
    | 'role-without-district'
    | 'entity-of-one';
  readonly agencies: readonly AgencySlug[];
  readonly says: string;
}

type Rule = (agencies: readonly AgencyWithArea[]) => readonly AgencyFinding[];

/** Errors first; each as the register has them. */
export const lintAgencies = (agencies: readonly AgencyWithArea[]): readonly AgencyFinding[] => {
  const findings = RULES.flatMap((rule) => rule(agencies));
  return [...findings.filter(({ severity }) => severity === 'error'), ...findings.filter(({ severity }) => severity === 'warning')];
};

const areaRolesOf = ({ roles }: AgencyWithArea): readonly string[] => AREA_ROLES.filter((role) => roles.includes(role));

/** Registered before the register refused it. */
const reserved: Rule = (agencies) =>
  agencies
    .filter(({ slug }) => isReserved(slug))
    .map(({ slug }) => ({
      severity: 'error',
      rule: 'slug-reserved',
      agencies: [slug],
      says: `${slug} means a role, an office or everybody of a kind too, so that consents and protocols name it unawares: register the agency under another slug.`,
    }));

const malformed: Rule = (agencies) =>
  agencies.flatMap(({ slug, districts }) =>
    readDistricts(districts).malformed.map((district) => ({
      severity: 'error' as const,
      rule: 'district-malformed' as const,
      agencies: [slug],
      says: `${JSON.stringify(district)} is no district and covers nothing: write an outward code such as WV14, or WV14 8.`,
    })),
  );

interface Claim {
  readonly slug: AgencySlug;
  readonly role: string;
  readonly place: Place;
}

/** Equal claims make every learner there resident with both; it is told once for a pair, a role and a district. */
const overlapping: Rule = (agencies) => {
  const { sameEntity } = areasOf(agencies);
  const claims = agencies.flatMap((agency) =>
    areaRolesOf(agency).flatMap((role) =>
      readDistricts(agency.districts).places.map((place): Claim => ({ slug: agency.slug, role, place })),
    ),
  );
  const rivals = (one: Claim, other: Claim): boolean =>
    one.role === other.role && !sameEntity(one.slug, other.slug) && holds(one.place, other.place);
  return claims.flatMap((one, at) =>
    claims.flatMap((other, place) => (rivals(one, other) && !(isEqual(one, other) && place < at) ? [overlap(one, other)] : [])),
  );
};

const isEqual = (one: Claim, other: Claim): boolean => written(one.place) === written(other.place);

const overlap = (one: Claim, other: Claim): AgencyFinding => {
  const agencies = [one.slug, other.slug];
  const district = written(other.place);
  return isEqual(one, other)
    ? {
        severity: 'error',
        rule: 'equal-claims',
        agencies,
        says: `Both claim ${district} as ${one.role}: neither wins, and whoever lives there is of both areas. Take it from one of them.`,
      }
    : {
        severity: 'warning',
        rule: 'claim-within-claim',
        agencies,
        says: `${district} of ${other.slug} lies within ${written(one.place)} of ${one.slug}, both as ${one.role}: the longer one wins, so it is the area of ${other.slug} alone.`,
      };
};

const LINKED_BY_DISTRICT = 'provider';

const withoutEffect: Rule = (agencies) =>
  agencies
    .filter((agency) => agency.districts.length > 0 && areaRolesOf(agency).length === 0 && !agency.roles.includes(LINKED_BY_DISTRICT))
    .map(({ slug, roles }) => ({
      severity: 'warning',
      rule: 'district-without-effect',
      agencies: [slug],
      says: `Districts make nobody resident with a ${roles.join(' and ')}: they serve only protocols that name their parties by district.`,
    }));

const withoutDistrict: Rule = (agencies) =>
  agencies
    .filter((agency) => agency.districts.length === 0 && areaRolesOf(agency).length > 0)
    .map((agency) => ({
      severity: 'warning',
      rule: 'role-without-district',
      agencies: [agency.slug],
      says: `No learner lives in its area, since it has no district: as ${areaRolesOf(agency).join(' and ')} it stands only with those whom another agency brings to it.`,
    }));

const lonely: Rule = (agencies) => {
  const { kinOf } = areasOf(agencies);
  return agencies.flatMap(({ slug, entity }) =>
    entity === undefined || kinOf(slug).length > 0
      ? []
      : [
          {
            severity: 'warning' as const,
            rule: 'entity-of-one' as const,
            agencies: [slug],
            says: `No other agency is of the legal entity ${entity}: it joins nobody, or another one's is misspelt.`,
          },
        ],
  );
};

const RULES: readonly Rule[] = [reserved, malformed, overlapping, withoutEffect, withoutDistrict, lonely];
