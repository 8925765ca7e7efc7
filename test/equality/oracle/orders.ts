// In which order rows of a list come (views.md, S4 to S6, S9, S10, S13 and S25, Order), by name or path, as texts: the lesser comes first.
import type { Row } from './facts.ts';

type Nested = Readonly<Record<string, unknown>> | null;

const LAST = '9999-12-31';
const day = (value: unknown): string => (typeof value === 'string' ? value : LAST);
const part = (row: Row, name: string): NonNullable<Nested> => (row[name] as Nested) ?? {};
const openDue = ({ state, due }: NonNullable<Nested>, ...done: readonly string[]): string =>
  done.includes(String(state)) ? LAST : day(due);

/** Those who left last come first. */
const lastLeft = ({ leftOn }: Row): string => String(99_999_999 - Number(day(leftOn).replaceAll('-', '')));

/** Attention, then what is due first, then who started first: the latest programme. */
const ofCase = (row: Row): string => {
  const { on, due: by } = part(row, 'nextReview');
  const due = [openDue(part(row, 'followUp'), 'discharged', 'void'), openDue(part(row, 'signOff'), 'signed'), day(on ?? by)].toSorted()[0];
  const started = (row['programmes'] as readonly NonNullable<Nested>[]).at(-1)?.['startedOn'];
  return [(row['attention'] as readonly string[]).length > 0 ? 'a' : 'b', due, day(started)].join(' ');
};

const LEAST_FIRST = ['no-application', 'applied', 'declined-all', 'offer-not-suitable', 'offer-held', 'placed', 'accepted', 'in-learning'];

/** Attention, who has least, who has had nothing longest; of whose birth date nothing is known, last. */
const ofPlace = (row: Row): string => {
  const without = 100_000 - Number(row['daysWithout'] ?? -1);
  const state = LEAST_FIRST.indexOf(String(row['state']));
  return [row['cohort'] === null ? 'b' : 'a', row['attention'] === true ? 'a' : 'b', state, String(without).padStart(6, '0')].join(' ');
};

const byDays =
  (...columns: readonly string[]) =>
  (row: Row): string =>
    columns.map((column) => day(row[column])).join(' ');

export const ORDERS: Readonly<Record<string, (row: Row) => string>> = {
  caseload: ofCase,
  guarantee: ofPlace,
  activities: byDays('lapsesOn'),
  'early-leavers': lastLeft,
  'early-leavers?state=open': (row) => [day(part(row, 'followUp')['due']), day(row['leftOn'])].join(' '),
  duties: byDays('due', 'dutyId'),
  referrals: byDays('due', 'madeOn'),
  allocations: byDays('due', 'startedOn'),
  'follow-ups': byDays('due', 'informedOn'),
  'sign-offs': byDays('due', 'startedOn'),
  'risk-assessments': byDays('due', 'startedOn'),
};
