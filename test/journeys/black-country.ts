// The partnership of the journeys that are named by rows: who takes part in it.
import type { Townsfolk } from './townsfolk.ts';

export const BLACK_COUNTRY: readonly Townsfolk[] = [
  { slug: 'connexions-north', roles: ['connexions'], districts: ['WV1', 'WV2', 'WV3'] },
  { slug: 'connexions-south', roles: ['connexions'], districts: ['B1', 'B2', 'B3'] },
  { slug: 'bct', roles: ['provider'] },
  { slug: 'hts', roles: ['provider'] },
  { slug: 'forge', roles: ['provider'] },
  { slug: 'wulfrun', roles: ['college'] },
  { slug: 'st-chads', roles: ['school'] },
  { slug: 'city-yot', roles: ['yot'] },
  { slug: 'brookfield-yoi', roles: ['custody'] },
  { slug: 'lsc', roles: ['funder'] },
  { slug: 'council', roles: ['local-authority'], districts: ['WV1', 'WV2', 'WV3'] },
  { slug: 'ebp-black-country', roles: ['ebp'] },
  { slug: 'castings', roles: ['employer'] },
  { slug: 'jobcentre-wv', roles: ['jobcentre'] },
  { slug: 'childrens-services', roles: ['social-services'] },
  { slug: 'wv-partnership', roles: ['learning-partnership'] },
];
