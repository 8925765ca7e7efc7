// Rules about unusual access, as plain functions over what was counted; each in words for whoever reads its hits.
import { addDays, type IsoDate, type Position } from '#kernel';

export const ACCESS_RULES = {
  'outside-hours': 'Somebody looked between ten at night and six in the morning, London time.',
  'far-above-usual':
    'In one day somebody looked more than five times as often as on the middle one of the own days in the four weeks before, of which there are five or more.',
  'same-learner':
    'One member of staff looked at the same learner ten times or more while nothing changed in who has to do with that learner.',
  'many-refusals': 'Somebody was refused twenty times or more within an hour.',
} as const;
export type AccessRule = keyof typeof ACCESS_RULES;

export const MANY_LOOKS = 10;
export const MANY_REFUSALS = 20;
const HOUR = 3_600_000;
const TIMES_USUAL = 5;
/** With fewer earlier days nothing is usual. */
const LEAST_DAYS = 5;

/** What is usual is told by so many days before. */
export const USUAL_DAYS = 28;

export interface DayOfLooks {
  readonly day: IsoDate;
  readonly looks: number;
}

export interface FarAbove extends DayOfLooks {
  /** The median of the days before. */
  readonly usual: number;
}

const medianOf = (counts: readonly number[]): number => {
  const sorted = counts.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2;
};

/** Of `days` of one person, in order, those from a day on: whatever else is asked, the same day is one or is none. */
export const farAboveUsual = (days: readonly DayOfLooks[], from: IsoDate): readonly FarAbove[] =>
  days.flatMap(({ day, looks }, at) => {
    // Nobody's usual day has less than one look.
    if (day < from || looks <= TIMES_USUAL) return [];
    const since = addDays(day, -USUAL_DAYS);
    const before = days.slice(Math.max(0, at - USUAL_DAYS), at).filter((one) => one.day >= since);
    const usual = medianOf(before.map((one) => one.looks));
    return before.length >= LEAST_DAYS && looks > TIMES_USUAL * usual ? [{ day, looks, usual }] : [];
  });

export interface LookAt {
  readonly position: Position;
  readonly at: number;
}

/** Looks between two changes, in order, where they are many; `changes`: positions, in order. */
export const manyWithoutChange = <Look extends LookAt>(
  looks: readonly Look[],
  changes: readonly Position[],
): readonly (readonly Look[])[] => {
  const since = (position: Position): Position => changes.findLast((change) => change < position) ?? 0;
  return [...Map.groupBy(looks, ({ position }) => since(position)).values()].filter(({ length }) => length >= MANY_LOOKS);
};

/** `refused` in order. Each burst once: those that follow one another within an hour, where at some time so many did. */
export const burstsOf = <Look extends LookAt>(refused: readonly Look[]): readonly (readonly Look[])[] => {
  const bursts: Look[][] = [];
  for (const look of refused) {
    const last = bursts.at(-1);
    if (last && look.at - (last.at(-1)?.at ?? 0) <= HOUR) last.push(look);
    else bursts.push([look]);
  }
  return bursts.filter(isMany);
};

const isMany = (burst: readonly LookAt[]): boolean =>
  burst.some(({ at }, index) => {
    const twentieth = burst[index + MANY_REFUSALS - 1];
    return twentieth !== undefined && twentieth.at - at <= HOUR;
  });
