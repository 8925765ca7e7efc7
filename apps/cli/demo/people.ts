// The learners of the demo: made-up names, and ULNs that pass their check.

export interface Person {
  /** Counts the learners of the demo from 1. */
  readonly number: number;
  readonly givenName: string;
  readonly familyName: string;
  readonly dateOfBirth: string;
  readonly postcode: string;
  readonly uln: string;
}

const FIRST = 310_000_000;
const STEP = 7_919_113;
/** Keeps to nine digits. */
const SPAN = 600_000_000;

/** Ten digits whose weighted sum is 10 modulo 11; the nine before the last are any for which there is such a last one. */
const ulnFrom = (nine: number): string => {
  const remainder = [...String(nine)].reduce((sum, digit, place) => sum + Number(digit) * (10 - place), 0) % 11;
  return remainder === 0 ? ulnFrom(nine + 1) : `${nine}${10 - remainder}`;
};

/** The same for the same number at every start: what was told once is recognised. */
export const person = (number: number, name: string, postcode: string): Person => {
  const [givenName = '', familyName = ''] = name.split(' ');
  const month = String(1 + ((number * 5) % 12)).padStart(2, '0');
  const day = String(1 + ((number * 11) % 28)).padStart(2, '0');
  return {
    number,
    givenName,
    familyName,
    dateOfBirth: `${2008 + (number % 3)}-${month}-${day}`,
    postcode,
    uln: ulnFrom(FIRST + ((number * STEP) % SPAN)),
  };
};
