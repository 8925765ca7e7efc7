// Districts and postcodes, read alike: an outward code, and of the inward part as much as is told. Pure.

/** The six outward forms: A9, A9A, A99, AA9, AA9A, AA99. */
const OUTWARD = '[A-Z]{1,2}[0-9][A-Z0-9]?';
const POSTCODE = new RegExp(`^(${OUTWARD})([0-9][A-Z]{2})?$`);
const DISTRICT = new RegExp(`^(${OUTWARD})(?: ([0-9][A-Z]{0,2}))?$`);
const ASIDE = /[^\p{L}\p{N}]+/gu;

/** The inward part is empty where an outward code stands alone. */
export interface Place {
  readonly outward: string;
  readonly inward: string;
}

/** Of a postcode, however it is spaced. Undefined for what is none, and for BFPO. */
export const placeOf = (postcode: string): Place | undefined => partsOf(POSTCODE.exec(postcode.replace(ASIDE, '').toUpperCase()));

/** A space parts the two halves: without it `WV18` could be two things. */
export const districtOf = (text: string): Place | undefined => partsOf(DISTRICT.exec(text.trim().toUpperCase().replace(/\s+/g, ' ')));

const partsOf = (found: RegExpExecArray | null): Place | undefined =>
  found === null ? undefined : { outward: found[1] ?? '', inward: found[2] ?? '' };

/** `WV14`, or `WV14 8`: the one way in which it is kept and compared. */
export const written = ({ outward, inward }: Place): string => (inward === '' ? outward : `${outward} ${inward}`);

/** `WV14` holds `WV14 8`; `WV1` does not. */
export const holds = (district: Place, within: Place): boolean =>
  district.outward === within.outward && within.inward.startsWith(district.inward);

/** Each in its one form, once, in the order given; `malformed` are those that are no district. */
export const readDistricts = (texts: readonly string[]): { readonly places: readonly Place[]; readonly malformed: readonly string[] } => {
  const places = new Map<string, Place>();
  const malformed: string[] = [];
  for (const text of texts) {
    const place = districtOf(text);
    if (place === undefined) malformed.push(text);
    else places.set(written(place), place);
  }
  return { places: [...places.values()], malformed };
};
