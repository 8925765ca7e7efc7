// The agencies of the demo. Names, places and people are made up.
import type { Role } from '#catalogue';
import type { SigningAlgorithm } from '#client';

export interface CastMember {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly districts?: readonly string[];
  readonly alg?: SigningAlgorithm;
}

const NORTH = ['WV1', 'WV2', 'WV3'];

export const CAST = {
  'connexions-north': { name: 'Connexions North', roles: ['connexions'], districts: NORTH },
  'connexions-south': { name: 'Connexions South', roles: ['connexions'], districts: ['B1', 'B2', 'B3'] },
  'black-country-training': { name: 'Black Country Training', roles: ['provider'] },
  'heath-town-skills': { name: 'Heath Town Skills', roles: ['provider'], alg: 'ES256' },
  'forge-apprenticeships': { name: 'Forge Apprenticeships', roles: ['provider'] },
  'st-chads-school': { name: "St Chad's School", roles: ['school'] },
  'wulfrun-college': { name: 'Wulfrun College', roles: ['college'], alg: 'ES256' },
  'city-yot': { name: 'City Youth Offending Team', roles: ['yot'] },
  'brookfield-yoi': { name: "Brookfield Young Offenders' Institution", roles: ['custody'] },
  'jobcentre-wv': { name: 'Jobcentre WV', roles: ['jobcentre'] },
  'lsc-black-country': { name: 'LSC Black Country', roles: ['funder'] },
  'wolverhampton-council': { name: 'Wolverhampton Council', roles: ['local-authority'], districts: NORTH },
  'ebp-black-country': { name: 'Black Country EBP', roles: ['ebp'] },
  'castings-ltd': { name: 'Castings Ltd', roles: ['employer'] },
  'childrens-services': { name: "Children's Services", roles: ['social-services'] },
  'own-page-wv': { name: "The learner's own page", roles: ['self-service'] },
  'learning-partnership-wv': { name: 'Wolverhampton Learning Partnership', roles: ['learning-partnership'] },
} as const satisfies Readonly<Record<string, CastMember>>;

export type Slug = keyof typeof CAST;

export const castMembers: readonly (readonly [Slug, CastMember])[] = Object.entries(CAST) as [Slug, CastMember][];
