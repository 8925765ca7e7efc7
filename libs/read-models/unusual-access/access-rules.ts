// Rules about unusual access, as plain functions over what was counted; each in words for whoever reads its hits.
import { addDays, type IsoDate, type Position } from '#kernel';

export const ACCESS_RULES = {
  'outside-hours': 'Somebody looked between ten at night and six in the morning, London time.',
  'far-above-usual':
    'In one day somebody looked more than five times as often as on the middle one of the own days in the four weeks before; where these are fewer than five, of the last five in twelve weeks.',
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

/** What is usual is told by so many days before; of whoever looks rarely by the last few of so many. */
export const [USUAL_DAYS, RARE_DAYS] = [28, 84];

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

const within = (days: readonly DayOfLooks[], at: number, many: number): readonly DayOfLooks[] => {
  const since = addDays(days[at]?.day ?? '', -many);
  return days.slice(Math.max(0, at - many), at).filter(({ day }) => day >= since);
};

const usualBefore = (days: readonly DayOfLooks[], at: number): readonly DayOfLooks[] => {
  const usual = within(days, at, USUAL_DAYS);
  return usual.length >= LEAST_DAYS ? usual : within(days, at, RARE_DAYS).slice(-LEAST_DAYS);
};

/** Nobody's usual day has less than one look. */
const mayBeFarAbove = ({ day, looks }: DayOfLooks, from: IsoDate): boolean => day >= from && looks > TIMES_USUAL;

/** Whether a day from that one on is judged by days longer ago than usual; `days` of one person, in order. */
export const looksRarely = (days: readonly DayOfLooks[], from: IsoDate): boolean =>
  days.some((one, at) => mayBeFarAbove(one, from) && within(days, at, USUAL_DAYS).length < LEAST_DAYS);

/** Of `days` of one person, in order, those from a day on: whatever else is asked, the same day is one or is none. */
export const farAboveUsual = (days: readonly DayOfLooks[], from: IsoDate): readonly FarAbove[] =>
  days.flatMap((one, at) => {
    if (!mayBeFarAbove(one, from)) return [];
    const before = usualBefore(days, at);
    const usual = medianOf(before.map(({ looks }) => looks));
    return before.length >= LEAST_DAYS && one.looks > TIMES_USUAL * usual ? [{ day: one.day, looks: one.looks, usual }] : [];
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
