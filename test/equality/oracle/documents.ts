// What documents about one learner must say, by the same sight as lists; clauses that make monthly lists alone make no document.
import { assessmentsOf, day, frameworkOf, inOrder, itemsOf, pick, type Row, value } from './facts.ts';
import type { RowsOf } from './rows-of-advisers.ts';
import type { Item, Seen } from './sight.ts';
import { daysFrom, plusDays, text } from './told.ts';

export interface DocumentOracle {
  /** Behind the learner. */
  readonly path: string;
  readonly purposes: readonly string[];
  readonly rows: RowsOf;
  readonly without?: readonly string[];
}

export const MONTHLY = ['SF1', 'SF2', 'SF3'];

const NO_END: Row = { until: null, end: null, reason: null, reasonGroup: null, activity: null, activityGroup: null };

const endOf = (seen: Seen, start: Item): Row => {
  const end = itemsOf(seen, 'programme.left-early', 'programme.moved-on').find(
    ({ by, data }) => by === start.by && data['programmeId'] === start.data['programmeId'],
  );
  if (!end) return NO_END;
  if (end.type === 'programme.moved-on')
    return { ...NO_END, until: value(end.data, 'on'), end: 'moved-on', ...named(end, 'destination', 'activity', 'activityGroup') };
  return { ...NO_END, until: value(end.data, 'leftOn'), end: 'left-early', ...named(end, 'reason', 'reason', 'reasonGroup') };
};

/** The code where it is told, else its group; never both. */
const named = ({ data }: Item, field: string, code: string, group: string): Row => ({
  [code]: value(data, field),
  [group]: value(data, group),
});

const pathway: RowsOf = (seen) => [
  ...itemsOf(seen, 'programme.started').map((start) => ({
    step: 'programme',
    from: day(start, 'startedOn'),
    by: start.by,
    ...pick(start.data, 'programmeId', 'kind', 'title'),
    ...endOf(seen, start),
    verifiedOn: null,
  })),
  ...itemsOf(seen, 'destination.recorded').map((one) => ({
    step: 'destination',
    by: one.by,
    ...{ programmeId: null, kind: null, title: null },
    ...NO_END,
    ...pick(one.data, 'from', 'activity', 'activityGroup', 'verifiedOn'),
  })),
];

const sameAward = (one: Item, other: Item): boolean =>
  ['kind', 'title', 'level'].every((name) => one.data[name] === other.data[name]) &&
  Math.abs(daysFrom(day(one, 'awardedOn'), day(other, 'awardedOn'))) <= 31;

/** Titles of the partnership are spelled alike. */
const progressFile: RowsOf = (seen) => {
  const all = itemsOf(seen, 'achievement.recorded').toSorted(inOrder((one) => day(one, 'awardedOn')));
  const groups: Item[][] = [];
  for (const one of all) {
    const known = groups.find(([first]) => first && sameAward(first, one));
    if (known) known.push(one);
    else groups.push([one]);
  }
  return groups.flatMap(([first, ...others]) =>
    first
      ? [
          {
            ...pick(first.data, 'achievementId', 'kind', 'title', 'level', 'awardedOn'),
            by: first.by,
            alsoBy: [...new Set(others.map(({ by }) => by).filter((by) => by !== first.by))].toSorted(),
          },
        ]
      : [],
  );
};

const VALID_DAYS: Readonly<Record<string, number>> = { initial: 180, apir: 90, screening: 365, 'learning-style': 365, vocational: 180 };

const READ: Readonly<Record<string, string>> = { EP4: 'existence', AR1: 'summary' };

const known: RowsOf = (seen, { on }) => {
  const all = assessmentsOf(seen)
    .filter((one) => frameworkOf(one) in VALID_DAYS && day(one, 'assessedOn') <= on)
    .toSorted((one, other) =>
      `${day(one, 'assessedOn')}` < `${day(other, 'assessedOn')}`
        ? 1
        : day(one, 'assessedOn') === day(other, 'assessedOn')
          ? other.order - one.order
          : -1,
    );
  const kinds = new Map<string, Item>();
  for (const one of all) if (!kinds.has(kindOf(one))) kinds.set(kindOf(one), one);
  return [...kinds.values()].map((one) => knownRow(one, on));
};

const kindOf = (item: Item): string => `${frameworkOf(item)} ${(text(item.data, 'domain') ?? '').toLowerCase()}`;

const knownRow = (item: Item, on: string): Row => {
  const read = READ[item.clause] ?? 'full';
  const told = text(item.data, 'validUntil');
  const until = told ?? plusDays(day(item, 'assessedOn'), VALID_DAYS[frameworkOf(item)] ?? 0);
  const standing = item.isSuperseded ? 'superseded' : until < on ? 'expired' : 'valid';
  return {
    framework: frameworkOf(item),
    ...pick(item.data, 'domain', 'assessmentId', 'assessedOn'),
    by: item.by,
    validUntil: read === 'summary' ? (told ?? null) : until,
    standing,
    read,
    rely: standing === 'valid',
  };
};

export const DOCUMENTS: readonly DocumentOracle[] = [
  { path: 'pathway', purposes: ['support-learner', 'track-participation', 'plan-learning'], rows: pathway },
  { path: 'progress-file', purposes: ['support-learner', 'plan-learning'], rows: progressFile, without: ['evidence'] },
  { path: 'known-assessments', purposes: ['plan-learning'], rows: known, without: ['opens'] },
];
