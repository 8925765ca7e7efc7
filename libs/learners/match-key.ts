// Who somebody seems to be, for want of a ULN: written alike where only case, spacing, accents or punctuation differ.
import type { LearnerRegistered } from '#catalogue';
import { caseless } from '#kernel';

export type PersonalDetails = Pick<LearnerRegistered, 'givenName' | 'familyName' | 'dateOfBirth' | 'postcode'>;

/** Marks, blanks and punctuation, and the letters that stand for an apostrophe or another sign (U+02B0–02FF, U+A78B, U+A78C). */
const ASIDE = /[^\p{L}\p{N}]+|[\u02B0-\u02FF\uA78B\uA78C]+/gu;
const PLAIN = /^[A-Za-z0-9]*$/;

/** Letters that Unicode does not decompose, as systems that know A to Z alone write them (after the Latin-ASCII transform of CLDR). */
const WRITTEN_AS: Readonly<Record<string, string>> = {
  ...{ æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ħ: 'h', ŧ: 't', ŋ: 'n', ĸ: 'q', ə: 'e', ƀ: 'b', ɓ: 'b', ɗ: 'd', ɖ: 'd' },
  ...{
    ƙ: 'k',
    ƴ: 'y',
    ƒ: 'f',
    ɠ: 'g',
    ǥ: 'g',
    ɨ: 'i',
    ɲ: 'n',
    ƞ: 'n',
    ɵ: 'o',
    ɔ: 'o',
    ɛ: 'e',
    ʉ: 'u',
    ƶ: 'z',
    ȥ: 'z',
    ɫ: 'l',
    ȼ: 'c',
    ɍ: 'r',
  },
};
const NOT_WRITTEN_ALIKE = new RegExp(`[${Object.keys(WRITTEN_AS).join('')}]`, 'gu');

/** Without case, the letters of NFKC, marks and punctuation aside (sharing-matrix.md, W7): the many spellings of one name meet. */
export const folded = (text: string): string =>
  PLAIN.test(text)
    ? text.toLowerCase()
    : caseless(text.normalize('NFKD'))
        .normalize('NFKD')
        .replace(ASIDE, '')
        .replace(NOT_WRITTEN_ALIKE, (letter) => WRITTEN_AS[letter] ?? letter);

/** `WV11AB` of `wv1 1ab`. */
export const compactPostcode = (postcode: string): string => postcode.replace(ASIDE, '').toUpperCase();

/**
 * Equal for two who may be one: same name, date of birth and postcode (contracts.md). To be blinded before it is stored.
 * Undefined where a detail is missing, or a name holds neither letter nor digit, for then nothing can be said.
 */
export const matchKey = ({ givenName = '', familyName = '', dateOfBirth, postcode }: Partial<PersonalDetails>): string | undefined => {
  const names = [folded(givenName), folded(familyName)];
  if (names.includes('') || dateOfBirth === undefined || postcode === undefined) return undefined;
  return [...names, dateOfBirth, folded(postcode)].join('\n');
};
