// What a clause leaves of an item, and the coarser codes (sharing-matrix.md; views.md, part 6).
import type { Clause } from './matrix.ts';
import { type Data, text, type Told } from './told.ts';

export interface Cut {
  readonly clause: Clause;
  readonly data: Data;
}

export const cutBy = (data: Data, { only, leavesOut = [] }: Clause): Data =>
  Object.fromEntries(Object.entries(data).filter(([name]) => (only?.includes(name) ?? true) && !leavesOut.includes(name)));

const REASONS: Readonly<Record<string, string>> = {
  'job-offer': 'employment',
  'other-provision': 'progression',
  'not-ready': 'not-ready',
  'moved-away': 'moved-away',
  dissatisfied: 'dissatisfied',
  personal: 'circumstances',
  health: 'circumstances',
  caring: 'circumstances',
  custody: 'circumstances',
  other: 'other',
  unknown: 'unknown',
};
export const reasonGroup = (code: string | undefined): string | null => (code === undefined ? null : (REASONS[code] ?? null));

const ACTIVITIES: readonly (readonly [from: number, to: number, group: string])[] = [
  [210, 240, 'full-time-education'],
  [250, 250, 'part-time-education'],
  [260, 260, 'other'],
  [270, 280, 'full-time-education'],
  [290, 290, 'other'],
  [310, 310, 'apprenticeship'],
  [320, 320, 'employment-with-study'],
  [381, 381, 'employment-with-study'],
  [550, 550, 'employment-with-study'],
  [330, 360, 'employment'],
  [380, 380, 'employment'],
  [410, 460, 'training'],
  [530, 530, 'other'],
  [540, 540, 'neet-available'],
  [610, 619, 'neet-available'],
  [620, 680, 'not-available'],
  [710, 710, 'other'],
  [810, 830, 'not-known'],
];
export const activityGroup = (code: string | undefined): string | null =>
  code === undefined ? null : (ACTIVITIES.find(([from, to]) => Number(code) >= from && Number(code) <= to)?.[2] ?? null);

const COARSER: Readonly<Record<string, (data: Data) => Data>> = {
  reason: (data) => ({ reasonGroup: reasonGroup(text(data, 'reason')) }),
  destination: (data) => ({ activityGroup: activityGroup(text(data, 'destination')) }),
  activity: (data) => ({ activityGroup: activityGroup(text(data, 'activity')) }),
};

/** Reasons and destinations of leaving, and activities: nothing else has a coarser code. */
const CODED: readonly string[] = ['programme.left-early', 'programme.moved-on', 'destination.recorded'];

export const coarsened = ({ type, data }: Pick<Told, 'type' | 'data'>, { coarse = [] }: Clause): Data => {
  const found = coarse.filter((name) => CODED.includes(type) && data[name] !== undefined);
  const rest = Object.fromEntries(Object.entries(data).filter(([name]) => !found.includes(name)));
  return Object.assign(rest, ...found.map((name) => COARSER[name]?.(data))) as Data;
};

/** More than any item's fields come to. */
const MOST = 1000;

/** Anything tells more than that it exists, codes more than groups, and names more than pseudonyms. */
export const fullness = ({ clause, data }: Cut): number =>
  Object.keys(data).length * 4 -
  Object.keys(data).filter((name) => name.endsWith('Group')).length -
  (clause.withoutIdentity ? 2 : 0) -
  (clause.existence ? MOST : 0);

/** The code, where it is seen, and its group. */
export const coded = (
  { data }: { readonly data: Data },
  field: string,
  groupField: string,
  groupOf: (code: string | undefined) => string | null,
): readonly [code: string | null, group: string | null] => [
  text(data, field) ?? null,
  text(data, groupField) ?? groupOf(text(data, field)),
];
