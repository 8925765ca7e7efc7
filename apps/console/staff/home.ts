// What wants somebody's attention now, of the rows of several lists: overdue, this week, and new (console.md, 4.3).
import { type Act, followUpOf } from './acts.ts';
import { learnerIn, type Row, type ShownRow, type Tag, tagOf } from './list-rows.ts';
import { codeText } from './words.ts';

export interface Line {
  readonly learner?: ShownRow['learner'];
  readonly what: string;
  readonly tag?: Tag;
  readonly day?: string;
  readonly daysOver?: number;
  /** What can be recorded straight from the line. */
  readonly act?: Act;
}

export interface Home {
  readonly overdue: readonly Line[];
  readonly week: readonly Line[];
  readonly fresh: readonly Line[];
}

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

const attentionOf = (row: Row): readonly string[] => (Array.isArray(row['attention']) ? (row['attention'] as readonly string[]) : []);

const lineOf = (row: Row, what: string, more: Omit<Line, 'what' | 'learner'> = {}): Line => {
  const learner = learnerIn(row);
  return { ...(learner && { learner }), what, ...more };
};

interface Overdue {
  readonly due: string | undefined;
  readonly on: string;
  readonly act?: Act | undefined;
}

const overdueLine = (row: Row, what: string, { due, on, act }: Overdue): Line =>
  lineOf(row, what, {
    tag: { text: 'overdue', colour: 'red' },
    ...(due !== undefined && { day: due, daysOver: daysBetween(due, on) }),
    ...(act && { act }),
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

const dueOf = (row: Row, code: string): string | undefined => (DUE_OF[code] ?? []).flatMap((path) => textAt(row, ...path) ?? [])[0];

const FOLLOW_UP = 'follow-up-overdue';

/** Of which day, and by whom. */
interface Now {
  readonly on: string;
  readonly by: string;
}

const followUpLine = (row: Row, now: Now): Line => {
  const act = followUpOf(row, now);
  return lineOf(row, 'follow up', { day: textAt(row, 'followUp', 'due') ?? now.on, ...(act && { act }) });
};

const isWithinWeek = (day: string | undefined, on: string): day is string => day !== undefined && day >= on && day <= dayAfter(on, WEEK);

const ofCaseload = (rows: readonly Row[], { on, by }: Now): Home => ({
  overdue: rows.flatMap((row) =>
    attentionOf(row)
      .filter((code) => code in DUE_OF)
      .map((code) => {
        const act = code === FOLLOW_UP ? followUpOf(row, { on, by }) : undefined;
        return overdueLine(row, codeText(code.replace('-overdue', '')), { due: dueOf(row, code), on, act });
      }),
  ),
  week: rows.flatMap((row) => [
    ...(textAt(row, 'followUp', 'state') === 'open' && isWithinWeek(textAt(row, 'followUp', 'due'), on)
      ? [followUpLine(row, { on, by })]
      : []),
    ...[textAt(row, 'nextReview', 'on'), textAt(row, 'nextReview', 'due')]
      .filter((day) => isWithinWeek(day, on))
      .slice(0, 1)
      .map((day) => lineOf(row, 'review', { day: day ?? on })),
  ]),
  fresh: rows.flatMap((row) =>
    attentionOf(row)
      .filter((code) => !(code in DUE_OF))
      .map((code) => lineOf(row, codeText(code), { tag: NEW })),
  ),
});

const says = (row: Row): string => textAt(row, 'says') ?? codeText(textAt(row, 'duty') ?? 'something is due');

const ofDuties = (rows: readonly Row[], on: string): Pick<Home, 'overdue' | 'week'> => ({
  overdue: rows.filter((row) => row['state'] === 'overdue').map((row) => overdueLine(row, says(row), { due: textAt(row, 'due'), on })),
  week: rows
    .filter((row) => row['state'] === 'open' && isWithinWeek(textAt(row, 'due'), on))
    .map((row) => lineOf(row, says(row), { day: textAt(row, 'due') ?? on })),
});

const ofReferrals = (rows: readonly Row[]): readonly Line[] =>
  rows.map((row) =>
    lineOf(row, row['direction'] === 'received' ? 'referred to you' : `referral ${codeText(textAt(row, 'state') ?? '')}`, {
      tag: tagOf(textAt(row, 'state') ?? ''),
      ...(textAt(row, 'madeOn') !== undefined && { day: textAt(row, 'madeOn') ?? '' }),
    }),
  );

const byDay = (one: Line, other: Line): number => (one.day ?? '9').localeCompare(other.day ?? '9');

/** Advisers by their caseload; everybody else by what is theirs to do, and by what came in. */
export const homeIn = (found: Found, now: Now): Home => {
  const mine = ofCaseload(found['caseload'] ?? [], now);
  const duties = ofDuties(found['duties'] ?? [], now.on);
  return {
    overdue: [...mine.overdue, ...duties.overdue].toSorted(byDay),
    week: [...mine.week, ...duties.week].toSorted(byDay),
    fresh: [...mine.fresh, ...ofReferrals(found['referrals'] ?? [])],
  };
};
