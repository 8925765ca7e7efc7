// Assessments that were not repeated, as the page shows them: month by month, and agency by agency where there are several. Pure.
import type { Repeats } from '../pictures/assessments-not-repeated.ts';

export interface RepeatsRow {
  readonly agency: string;
  readonly framework: string;
  readonly month: string;
  readonly avoided: number;
  readonly recorded: number;
  readonly apart?: number;
}

export interface RepeatsTold {
  readonly from: string;
  readonly to: string;
  readonly repeats: readonly RepeatsRow[];
}

const FRAMEWORKS: Readonly<Record<string, string>> = {
  apir: 'APIR',
  initial: 'Initial assessment',
  screening: 'Screening',
  'learning-style': 'Learning style',
  vocational: 'Vocational assessment',
  'risk-of-failing': 'Risk of failing',
  'risk-of-reoffending': 'Risk of reoffending',
  erased: 'Of learners who were erased',
};

const nameOf = (framework: string): string => FRAMEWORKS[framework] ?? framework.replaceAll('-', ' ');

export interface Minutes {
  readonly framework: string;
  readonly name: string;
  /** As it was entered. */
  readonly entered: string;
  /** None where what was entered is no number of minutes. */
  readonly minutes?: number;
}

/** A day at most: what is longer was not meant. */
const MOST_MINUTES = 1440;

const frameworksIn = (rows: readonly RepeatsRow[]): readonly string[] => {
  const there = new Set(rows.map(({ framework }) => framework));
  const known = Object.keys(FRAMEWORKS).filter((framework) => there.has(framework));
  return [...known, ...[...there].filter((framework) => !known.includes(framework)).sort()];
};

/** How long one takes, as whoever asks says: it is kept nowhere but in the address. */
export const minutesIn = ({ repeats }: Pick<RepeatsTold, 'repeats'>, search: Readonly<Record<string, string>>): readonly Minutes[] =>
  frameworksIn(repeats)
    .filter((framework) => framework !== 'erased')
    .map((framework) => {
      const entered = search[`minutes-${framework}`] ?? '';
      const minutes = Number(entered);
      const isKnown = /^\d{1,4}$/.test(entered) && minutes <= MOST_MINUTES;
      return { framework, name: nameOf(framework), entered, ...(isKnown && { minutes }) };
    });

const monthsBetween = (from: string, to: string): readonly string[] => {
  const months: string[] = [];
  for (let at = new Date(`${from}-01T00:00:00Z`); at.toISOString().slice(0, 7) <= to; at.setUTCMonth(at.getUTCMonth() + 1))
    months.push(at.toISOString().slice(0, 7));
  return months;
};

const sum = (rows: readonly RepeatsRow[], name: 'avoided' | 'recorded'): number => rows.reduce((all, row) => all + row[name], 0);

export const pictured = ({ from, to, repeats }: RepeatsTold, minutes: readonly Minutes[]): Repeats => {
  const isAparted = repeats.some(({ apart }) => apart !== undefined);
  const months = monthsBetween(from, to).map((month) => {
    const rows = repeats.filter((row) => row.month === month);
    const avoided = [...Map.groupBy(rows, ({ framework }) => nameOf(framework))].map(([name, some]) => [name, sum(some, 'avoided')]);
    const apart = rows.reduce((all, row) => all + (row.apart ?? 0), 0);
    return { month, avoided: Object.fromEntries(avoided) as Record<string, number>, ...(isAparted && { apart }) };
  });
  const hours = minutes.flatMap((one) => (one.minutes === undefined ? [] : [[one.name, one.minutes / 60] as const]));
  return { months, frameworks: frameworksIn(repeats).map(nameOf), hours: Object.fromEntries(hours) };
};

export interface OfAgency {
  readonly agency: string;
  readonly avoided: number;
  readonly recorded: number;
}

/** Whoever was spared most first. */
export const byAgency = ({ repeats }: Pick<RepeatsTold, 'repeats'>): readonly OfAgency[] =>
  [...Map.groupBy(repeats, ({ agency }) => agency)]
    .map(([agency, rows]) => ({ agency, avoided: sum(rows, 'avoided'), recorded: sum(rows, 'recorded') }))
    .sort((one, other) => other.avoided - one.avoided || (one.agency < other.agency ? -1 : 1));
