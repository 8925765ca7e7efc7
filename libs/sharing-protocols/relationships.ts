// Relationships of an agency with a learner as a bit set: decisions are look-ups, not searches.
import type { RelationshipName } from './language.ts';

export const RELATIONSHIPS = [
  'known-to',
  'referred-to',
  'referrer-of',
  'enrolled-with',
  'adviser-for',
  'link-for-provider',
  'home-institution',
  'applied-to',
  'resident-area',
  'made-referral',
  'link-for-standing-provider',
] as const satisfies readonly RelationshipName[];

export const relationshipBit = (name: RelationshipName): number => 1 << RELATIONSHIPS.indexOf(name);

export const relationshipBits = (names: Iterable<RelationshipName>): number => {
  let bits = 0;
  for (const name of names) bits |= relationshipBit(name);
  return bits;
};
