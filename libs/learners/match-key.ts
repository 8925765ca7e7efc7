// Who somebody seems to be, for want of a ULN: written alike where only case, spacing, accents or punctuation differ.
import type { LearnerRegistered } from '#catalogue';

export type PersonalDetails = Pick<LearnerRegistered, 'givenName' | 'familyName' | 'dateOfBirth' | 'postcode'>;

const ASIDE = /[^\p{L}\p{N}]+/gu;
const PLAIN = /^[A-Za-z0-9]*$/;

/** NFKC and accents, case, marks and punctuation aside (sharing-matrix.md, W7). */
export const folded = (text: string): string => (PLAIN.test(text) ? text.toLowerCase() : text.normalize('NFKD').replace(ASIDE, '').toLowerCase());

/** `WV11AB` of `wv1 1ab`. */
export const compactPostcode = (postcode: string): string => postcode.replace(ASIDE, '').toUpperCase();

/**
 * Equal for two who may be one: same name, date of birth and postcode (contracts.md). To be blinded before it is stored.
 * Undefined where a detail is missing, for then nothing can be said.
 */
export const matchKey = ({ givenName, familyName, dateOfBirth, postcode }: Partial<PersonalDetails>): string | undefined => {
  if (givenName === undefined || familyName === undefined || dateOfBirth === undefined || postcode === undefined) return undefined;
  return [folded(givenName), folded(familyName), dateOfBirth, folded(postcode)].join('\n');
};
