// Names and codes of the broker's answers, as people read them.
import { inCapitals } from '../words/abbreviations.ts';

/** Names that say little out of their place. */
const LABELS: Readonly<Record<string, string>> = {
  of: 'Agency',
  on: 'Day',
  to: 'Referred to',
  by: 'By',
  first12: 'First 12 weeks',
  attendanceConcerns28d: 'Concerns in 28 days',
  says: 'What it says',
  via: 'Why',
  uln: 'ULN',
  kind: 'Kind',
  'follow-ups': 'Follow-ups',
  'sign-offs': 'Sign-offs',
  'assessments/supplements': 'Assessments taken again',
};

const apart = (name: string): string =>
  name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/[-_/]/g, ' ')
    .toLowerCase();

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Of a column or filter: `followUp_due` is "Follow up due". */
export const labelOf = (name: string): string => LABELS[name] ?? capital(apart(name));

const PLAIN: Readonly<Record<string, string>> = { true: 'yes', false: 'no', 're-engaged': 're-engaged' };

/** Of a code: `to-sign` is "to sign". Slugs and ids are no codes and stay as they are. */
export const codeText = (code: string): string => PLAIN[code] ?? inCapitals(code.replaceAll('-', ' '));

/** Descriptions call agencies' short names slugs, as developers do. */
export const plainly = (says: string): string =>
  says.replaceAll(/\bslug of /gi, (slug) => (slug.startsWith('S') ? 'Short name of ' : 'short name of '));

export const yesNo = (value: boolean): string => (value ? 'Yes' : 'No');

const BASES: Readonly<Record<string, string>> = {
  '6(1)(a)': 'consent',
  '6(1)(c)': 'an obligation by law',
  '6(1)(d)': 'vital interests',
  '6(1)(e)': 'a public task',
  none: 'nothing personal is in it',
  'not personal': 'nothing personal is in it',
};

/** Of a lawful basis, which may name several conditions. */
export const basisText = (basis: string): string => {
  const [first = ''] = basis.split(/[,;·] ?/);
  const words = BASES[first];
  return words === undefined ? basis : `${words} (${basis})`;
};

/** As "A, B or C". */
export const listed = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;
