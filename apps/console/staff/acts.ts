// What can be recorded straight from a line of a list or a learner's page (console.md, 4.3): the form opens with what is known. Pure.
import type { Row } from './list-rows.ts';

export interface Act {
  readonly label: string;
  /** Of the event, as `follow-up.made`. */
  readonly type: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Who acts, and on which day. */
export interface Acting {
  readonly name: string;
  readonly agency: string;
  /** `YYYY-MM-DD`. */
  readonly on: string;
  /** What the agency may record. */
  readonly types: ReadonlySet<string>;
  /** Whether for the agency's link adviser, who signs on behalf of others and tells them of programmes. */
  readonly isLinkAdviser?: boolean;
}

export type Acts = (row: Row, acting: Acting) => readonly Act[];

export const textIn = (row: Row, name: string): string => (typeof row[name] === 'string' ? row[name] : '');

export const day = (name: string, on: string): Readonly<Record<string, string>> => {
  const [year = '', month = '', dayOfMonth = ''] = on.split('-');
  return { [`${name}-day`]: String(Number(dayOfMonth)), [`${name}-month`]: String(Number(month)), [`${name}-year`]: year };
};

/** Without an id of the agency's own whoever enters names the learner. */
export const learner = (row: Row): Readonly<Record<string, string>> => ({
  learner: textIn(row, 'localId') === '' ? '' : `local:${textIn(row, 'localId')}`,
});

/** Another agency's thing is named with whose it is. */
export const whose = (row: Row, { agency }: Acting): Readonly<Record<string, string>> => {
  const of = textIn(row, 'of');
  return of === '' || of === agency ? {} : { of };
};

export const when =
  (holds: (row: Row) => boolean, acts: Acts): Acts =>
  (row, acting) =>
    holds(row) ? acts(row, acting) : [];
export const all =
  (...some: readonly Acts[]): Acts =>
  (row, acting) =>
    some.flatMap((acts) => acts(row, acting));

export const followUp: Acts = (row, acting) => [
  {
    label: 'Record follow-up',
    type: 'follow-up.made',
    fields: { ...learner(row), programmeId: textIn(row, 'programmeId'), ...whose(row, acting), ...day('on', acting.on), by: acting.name },
  },
];

export const signOff: Acts = (row, acting) => [
  {
    label: 'Sign off',
    type: 'programme.signed-off',
    fields: {
      ...learner(row),
      programmeId: textIn(row, 'programmeId'),
      ...whose(row, acting),
      ...day('signedOn', acting.on),
      'signedBy.name': acting.name,
      'signedBy.role': 'personal-adviser',
      version: textIn(row, 'version'),
    },
  },
];

/** On behalf of the adviser, having seen the programme (E2E p. 15). */
const signOnBehalf: Acts = (row, acting) =>
  signOff(row, acting).map(({ type, fields }) => ({
    label: 'Sign on behalf',
    type,
    fields: { ...fields, 'signedBy.role': 'link-adviser' },
  }));

export const signing: Acts = (row, acting) => (acting.isLinkAdviser === true ? signOnBehalf : signOff)(row, acting);

const BY_ATTENTION: Readonly<Record<string, Acts>> = { 'follow-up-overdue': followUp, 'sign-off-overdue': signOff };

/** Of a row of the caseload, by what it says is overdue: about the programme that began last. */
export const actsFor = (attention: string, row: Row, acting: Acting): readonly Act[] => {
  const programmes = Array.isArray(row['programmes']) ? (row['programmes'] as readonly Row[]) : [];
  const last = [...programmes].sort((a, b) => textIn(b, 'startedOn').localeCompare(textIn(a, 'startedOn')))[0];
  if (last === undefined) return [];
  return (BY_ATTENTION[attention]?.({ ...last, localId: row['localId'] }, acting) ?? []).filter(({ type }) => acting.types.has(type));
};

const ABOUT_A_LEARNER: readonly (readonly [label: string, type: string])[] = [
  ['Record a review', 'review.held'],
  ['Record an assessment', 'assessment.recorded'],
  ['Refer to somebody', 'referral.made'],
  ['Raise a concern about attendance', 'attendance.concern'],
  ['Dispute an assessment', 'assessment.disputed'],
  ['Ask for consent', 'consent.requested'],
  ['Record what comes next', 'programme.moved-on'],
];

/** From a learner's page. */
export const actsAbout = (localId: string | undefined, { types }: Pick<Acting, 'types'>): readonly Act[] =>
  ABOUT_A_LEARNER.filter(([, type]) => types.has(type)).map(([label, type]) => ({
    label,
    type,
    fields: learner({ localId }),
  }));
