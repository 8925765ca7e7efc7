// What wants somebody's attention now, of the rows of several lists: overdue, this week, and new (console.md, 4.3).
import { type Act, type Acting, actsFor } from './acts.ts';
import { actsOn } from './acts-by-list.ts';
import { dutyActs } from './duty-acts.ts';
import type { DutyAges } from '../pictures/duties-by-age.ts';
import { learnerIn, type Row, type ShownRow, type Tag, tagOf } from './list-rows.ts';
import { codeText } from './words.ts';

export interface Line {
  readonly learner?: ShownRow['learner'];
  readonly what: string;
  /** By which it is counted with others; else by what is to be done. */
  readonly kind?: string;
  readonly tag?: Tag;
  readonly day?: string;
  readonly daysOver?: number;
  readonly acts?: readonly Act[];
}

export interface Home {
  readonly overdue: readonly Line[];
  readonly week: readonly Line[];
  readonly fresh: readonly Line[];
}

/** Of each part of the page, where the rest of what it is made of stands; of a whole one nothing. */
export type Further = Readonly<Partial<Record<keyof Home, string | undefined>>>;

export interface Part {
  readonly name: string;
  /** With how many there are. */
  readonly title: string;
  readonly lines: readonly Line[];
  readonly further: string | undefined;
}

const TITLES: Readonly<Record<keyof Home, string>> = { overdue: 'Overdue', week: 'This week', fresh: 'New for you' };

/** Those with a line. How many there are is told of what is there as a whole alone. */
export const homeParts = (home: Home, further: Further): readonly Part[] =>
  (Object.keys(TITLES) as (keyof Home)[])
    .filter((part) => home[part].length > 0)
    .map((part) => {
      const [lines, rest] = [home[part], further[part]];
      return {
        name: TITLES[part],
        title: `${TITLES[part]} (${rest === undefined ? '' : 'the first '}${lines.length})`,
        lines,
        further: rest,
      };
    });

export const isNothing = (home: Home): boolean => home.overdue.length + home.week.length + home.fresh.length === 0;

/** Rows by the name of their list; a list that is not for this person has none. */
export type Found = Readonly<Record<string, readonly Row[] | undefined>>;

const DAY_MS = 86_400_000;

export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
export const dayAfter = (day: string, days: number): string => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

const WEEK = 7;
const NEW: Tag = { text: 'new', colour: 'yellow' };

const textAt = (row: Row, ...path: readonly string[]): string | undefined => {
  const value = path.reduce<unknown>((one, name) => (one as Row | null | undefined)?.[name], row);
  return typeof value === 'string' && value !== '' ? value : undefined;
};

const otherDutiesOf = (row: Row): readonly Row[] => (Array.isArray(row['overdueDuties']) ? (row['overdueDuties'] as readonly Row[]) : []);
const attentionOf = (row: Row): readonly string[] => (Array.isArray(row['attention']) ? (row['attention'] as readonly string[]) : []);

const lineOf = (row: Row, what: string, more: Omit<Line, 'what' | 'learner'> = {}): Line => {
  const learner = learnerIn(row);
  return { ...(learner && { learner }), what, ...more };
};

const overdueLine = (row: Row, what: string, due: string | undefined, on: string): Line =>
  lineOf(row, what, {
    tag: { text: 'overdue', colour: 'red' },
    ...(due !== undefined && { day: due, daysOver: daysBetween(due, on) }),
  });

/** Where the caseload tells when each was due. */
const DUE_OF: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'follow-up-overdue': [['followUp', 'due']],
  'sign-off-overdue': [['signOff', 'due']],
  'review-overdue': [
    ['nextReview', 'due'],
    ['nextReview', 'on'],
  ],
};

/** Told duty by duty, so not by a word for all of them. */
const OTHER_DUTIES = 'duty-overdue';

const dueOf = (row: Row, code: string): string | undefined => (DUE_OF[code] ?? []).flatMap((path) => textAt(row, ...path) ?? [])[0];

const isWithinWeek = (day: string | undefined, on: string): day is string => day !== undefined && day >= on && day <= dayAfter(on, WEEK);

const ofCaseload = (rows: readonly Row[], acting: Acting): Home => {
  const { on } = acting;
  return {
    overdue: rows.flatMap((row) => [
      ...attentionOf(row)
        .filter((code) => code in DUE_OF)
        .map((code) => ({
          ...overdueLine(row, codeText(code.replace('-overdue', '')), dueOf(row, code), on),
          acts: actsFor(code, row, acting),
        })),
      ...otherDutiesOf(row).map((duty) => overdueDuty({ ...row, ...duty }, acting)),
    ]),
    week: rows.flatMap((row) => [
      ...(textAt(row, 'followUp', 'state') === 'open' && isWithinWeek(textAt(row, 'followUp', 'due'), on)
        ? [lineOf(row, 'follow up', { day: textAt(row, 'followUp', 'due') ?? on })]
        : []),
      ...[textAt(row, 'nextReview', 'on'), textAt(row, 'nextReview', 'due')]
        .filter((day) => isWithinWeek(day, on))
        .slice(0, 1)
        .map((day) => lineOf(row, 'review', { day: day ?? on })),
    ]),
    fresh: rows.flatMap((row) =>
      attentionOf(row)
        .filter((code) => !(code in DUE_OF) && code !== OTHER_DUTIES)
        .map((code) => lineOf(row, codeText(code), { tag: NEW })),
    ),
  };
};

const says = (row: Row): string => textAt(row, 'says') ?? codeText(textAt(row, 'duty') ?? 'something is due');

const kindOf = (row: Row): Pick<Line, 'kind'> => {
  const duty = textAt(row, 'duty');
  return duty === undefined ? {} : { kind: codeText(duty) };
};

const overdueDuty = (row: Row, acting: Acting): Line => ({
  ...overdueLine(row, says(row), textAt(row, 'due'), acting.on),
  ...kindOf(row),
  acts: dutyActs(row, acting),
});

const ofDuties = (rows: readonly Row[], acting: Acting): Pick<Home, 'overdue' | 'week'> => ({
  overdue: rows.filter((row) => row['state'] === 'overdue').map((row) => overdueDuty(row, acting)),
  week: rows
    .filter((row) => row['state'] === 'open' && isWithinWeek(textAt(row, 'due'), acting.on))
    .map((row) => lineOf(row, says(row), { day: textAt(row, 'due') ?? acting.on, ...kindOf(row), acts: dutyActs(row, acting) })),
});

/** For so long whoever was declined is to be referred on (the duty refer-on). */
const NEWS_DAYS = 14;

/** What another answered long ago is no news. */
const isNews = (row: Row, on: string): boolean => (textAt(row, 'answeredOn') ?? on) >= dayAfter(on, -NEWS_DAYS);

const ofReferrals = (rows: readonly Row[], acting: Acting): readonly Line[] =>
  rows
    .filter((row) => isNews(row, acting.on))
    .map((row) =>
      lineOf(row, row['direction'] === 'received' ? 'referred to you' : `referral ${codeText(textAt(row, 'state') ?? '')}`, {
        tag: tagOf(textAt(row, 'state') ?? ''),
        acts: actsOn('referrals', row, acting),
        ...dayOf(textAt(row, 'answeredOn') ?? textAt(row, 'madeOn')),
      }),
    );

const dayOf = (day: string | undefined): Pick<Line, 'day'> => (day === undefined ? {} : { day });

/** Whom a list names by a pseudonym alone another line may name. */
const withName = (line: Line, others: readonly Line[]): Line => {
  const named = others.find(({ learner }) => learner !== undefined && learner.ref === line.learner?.ref)?.learner;
  return named === undefined ? line : { ...line, learner: named };
};

const byDay = (one: Line, other: Line): number => (one.day ?? '9').localeCompare(other.day ?? '9');

/** Advisers by their caseload; everybody else by what is theirs to do, and by what came in. */
export const homeIn = (found: Found, acting: Acting): Home => {
  const mine = ofCaseload(found['caseload'] ?? [], acting);
  const duties = ofDuties(found['duties'] ?? [], acting);
  return {
    overdue: [...mine.overdue, ...duties.overdue].toSorted(byDay),
    week: [...mine.week, ...duties.week].toSorted(byDay),
    fresh: [
      ...mine.fresh,
      ...ofReferrals(found['referrals'] ?? [], acting).map((line) => withName(line, [...mine.overdue, ...duties.overdue, ...duties.week])),
    ],
  };
};

const agesOf = (duty: string, { overdue, week }: Pick<Home, 'overdue' | 'week'>): DutyAges => {
  const isOf = ({ kind, what }: Line): boolean => (kind ?? what) === duty;
  const days = overdue.filter(isOf).map(({ daysOver = 1 }) => daysOver);
  const between = (from: number, to: number): number => days.filter((one) => one >= from && one <= to).length;
  return {
    duty: duty.charAt(0).toUpperCase() + duty.slice(1),
    due: week.filter(isOf).length,
    upTo7: between(0, 7),
    upTo28: between(8, 28),
    over28: between(29, Number.POSITIVE_INFINITY),
  };
};

/** What is due within the week and what is overdue, counted by duty and age: what has most overdue first. */
export const agesIn = (home: Pick<Home, 'overdue' | 'week'>): readonly DutyAges[] => {
  const duties = new Set([...home.overdue, ...home.week].map(({ kind, what }) => kind ?? what));
  const overdueIn = ({ upTo7, upTo28, over28 }: DutyAges): number => upTo7 + upTo28 + over28;
  return [...duties].map((duty) => agesOf(duty, home)).toSorted((one, other) => overdueIn(other) - overdueIn(one));
};
