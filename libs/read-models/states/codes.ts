// Reasons for leaving and activities, as a code where one may see it, and as its group (sharing-matrix.md, Coarser codes).
import { groupByCode, type GroupTable, shippedCodes } from '#catalogue';

interface Grouped {
  readonly code: string | null;
  readonly group: string | null;
}

type Data = Readonly<Record<string, unknown>>;

const textIn = (data: Data, name: string): string | null => {
  const value = data[name];
  return typeof value === 'string' ? value : null;
};

/** Codes are read from files: once, when one is first wanted. */
const reading = (table: () => GroupTable): ((code: string) => string | null) => {
  let groups: ReadonlyMap<string, string> | undefined;
  return (code) => (groups ??= groupByCode(table())).get(code) ?? null;
};

const reasonGroup = reading(() => shippedCodes()['reason-groups']);
export const activityGroup = reading(() => shippedCodes()['activity-groups']);

const grouped = (data: Data, [field, groupField]: readonly [string, string], groupOf: (code: string) => string | null): Grouped => {
  const code = textIn(data, field);
  return { code, group: textIn(data, groupField) ?? (code === null ? null : groupOf(code)) };
};

/** Of early leaving. */
export const reasonIn = (data: Data): Grouped => grouped(data, ['reason', 'reasonGroup'], reasonGroup);
/** Of moving on. */
export const destinationIn = (data: Data): Grouped => grouped(data, ['destination', 'activityGroup'], activityGroup);
/** Of a destination recorded. */
export const activityIn = (data: Data): Grouped => grouped(data, ['activity', 'activityGroup'], activityGroup);

/** Those that stand for not being in education, employment or training. */
export const NEET_GROUPS: readonly (string | null)[] = ['neet-available', 'not-available'];
export const REASON_GROUPS = [
  'employment',
  'progression',
  'not-ready',
  'moved-away',
  'dissatisfied',
  'circumstances',
  'other',
  'unknown',
] as const;
export const ACTIVITY_GROUPS = [
  'full-time-education',
  'part-time-education',
  'apprenticeship',
  'training',
  'employment-with-study',
  'employment',
  'neet-available',
  'not-available',
  'other',
  'not-known',
] as const;
