// Who somebody seems to be, for want of a ULN: written alike where only case, spacing, accents or punctuation differ.
import type { LearnerRegistered } from '#catalogue';

export type PersonalDetails = Pick<LearnerRegistered, 'givenName' | 'familyName' | 'dateOfBirth' | 'postcode'>;

const ASIDE = /[^\p{L}\p{N}]+/gu;
const SEPARATOR = '\n';
const NOBODY = ['', '', '', ''].join(SEPARATOR);

const PLAIN = /^[A-Za-z0-9]*$/;

const folded = (text: string): string =>
  PLAIN.test(text) ? text.toLowerCase() : text.normalize('NFKD').replace(ASIDE, '').toLowerCase();
const unlessAbsent = (text: string | undefined, otherwise: string | undefined): string =>
  text === undefined ? (otherwise ?? '') : folded(text);

/** Name, date of birth and postcode on a line each; a detail that is not given stays as it was `before`. */
export const personOf = (details: Partial<PersonalDetails>, before: string = NOBODY): string => {
  const [given, family, born, postcode] = before.split(SEPARATOR);
  return [
    unlessAbsent(details.givenName, given),
    unlessAbsent(details.familyName, family),
    details.dateOfBirth ?? born ?? '',
    unlessAbsent(details.postcode, postcode),
  ].join(SEPARATOR);
};

/** Of what `personOf` gives; undefined where a detail is missing, for then nothing can be said. */
export const matchKeyOfPerson = (person: string): string | undefined =>
  person.split(SEPARATOR).includes('') ? undefined : person;

/**
 * Equal for two who may be one: same name, date of birth and postcode (contracts.md). To be blinded before it is stored.
 * Undefined without a postcode.
 */
export const matchKey = (details: PersonalDetails): string | undefined => matchKeyOfPerson(personOf(details));

/** The second half of a postcode has three characters; up to four stand for an outward code by itself. */
const INWARD = 3;
const LONGEST_OUTWARD = 4;

/** `WV1` of `wv1 1ab`. */
export const outwardCode = (postcode: string): string => {
  const compact = postcode.replace(ASIDE, '').toUpperCase();
  return compact.length > LONGEST_OUTWARD ? compact.slice(0, -INWARD) : compact;
};
