// Hits of the rules in some days, the latest first.
import { type AccessHit, type FindIndex, personDigest } from '#disclosure';
import { addDays, type IsoDate, type LearnerId, londonDayStart, type Position } from '#kernel';
import type { RowOf, ViewReader } from '../engine/index.ts';
import {
  type AccessRule,
  burstsOf,
  farAboveUsual,
  looksRarely,
  MANY_LOOKS,
  MANY_REFUSALS,
  manyWithoutChange,
  RARE_DAYS,
  USUAL_DAYS,
} from './access-rules.ts';
import { changes, looks, pairs, staffDays, unusualAccess } from './unusual-access.view.ts';

export interface DaysAsked {
  readonly from: IsoDate;
  readonly to: IsoDate;
}

export interface HitsFound {
  readonly position: Position;
  readonly hits: readonly AccessHit[];
}

const ALL = 1_000_000;
/** Of whom and whom it is looked closer how often one looked at the other, of each agency in turn: so none hides another's. */
const MOST_PAIRS = 100;
/** Of one hit. */
const MOST_POSITIONS = 20;

type Day = RowOf<typeof staffDays>;
type Look = RowOf<typeof looks>;

export interface Watched {
  /** Whose looks are watched: an agency's, or an office's as `operator:data-manager`; everybody's where nothing is said. */
  readonly of?: string | undefined;
  /** Whose are not. */
  readonly notOf?: string | undefined;
  /** Rules that are not asked. */
  readonly off?: readonly AccessRule[];
}

export const findUnusualAccess = async (
  views: ViewReader,
  period: DaysAsked,
  { of, notOf, off = [] }: Watched = {},
): Promise<HitsFound> => {
  const where = of === undefined ? {} : { recipient: of };
  const between = { day: { from: addDays(period.from, -USUAL_DAYS), to: period.to } };
  const order = ['day', 'recipient', 'person'] as const;
  const { position, rows } = await views.rows(unusualAccess, staffDays, { where, between, order, limit: ALL });
  const watched = notOf === undefined ? rows : rows.filter(({ recipient }) => recipient !== notOf);
  const days = [...Map.groupBy(watched, ({ recipient, person }) => `${recipient}\n${person}`).values()];
  const asked: Asked = { views, period };
  const found = await Promise.all(RULES.filter(([rule]) => !off.includes(rule)).map(([, find]) => find(asked, days)));
  return { position, hits: found.flat().toSorted((one, other) => other.position - one.position) };
};

interface Asked {
  readonly views: ViewReader;
  readonly period: DaysAsked;
}

const isIn = ({ from, to }: DaysAsked, day: IsoDate): boolean => day >= from && day <= to;
/** Somebody named, or an office: a system that asks by itself has neither hours nor habits. */
const isSomebody = ({ recipient, person }: Pick<Day, 'recipient' | 'person'>): boolean => person !== '' || recipient.includes(':');

const outsideHours = async ({ views, period }: Asked, days: readonly (readonly Day[])[]): Promise<readonly AccessHit[]> => {
  const nights = days.flat().filter((day) => day.outside > 0 && isIn(period, day.day));
  const hits = nights.map(async (day) => hitOf('outside-hours', await looksOf(views, day, { outside: 1 }), { looks: day.outside }));
  return (await Promise.all(hits)).flat();
};

const farAbove = async ({ views, period }: Asked, days: readonly (readonly Day[])[]): Promise<readonly AccessHit[]> => {
  const somebody = days.filter(([first]) => first !== undefined && isSomebody(first));
  const whole = await Promise.all(somebody.map((ofOne) => longEnough(views, period, ofOne)));
  const far = whole.flatMap((ofOne) => farAboveUsual(ofOne, period.from).map((found) => ({ ...found, whose: ofOne[0] as Day })));
  const hits = far.map(async ({ day, usual, looks: many, whose }) => {
    const { recipient, person } = whose;
    return hitOf('far-above-usual', await looksOf(views, { recipient, person, day }, {}), { looks: many, usual });
  });
  return (await Promise.all(hits)).flat();
};

/** Of whoever looks rarely the days of longer ago, too. */
const longEnough = async (views: ViewReader, { from, to }: DaysAsked, ofOne: readonly Day[]): Promise<readonly Day[]> => {
  const [first] = ofOne;
  if (first === undefined || !looksRarely(ofOne, from)) return ofOne;
  const where = { recipient: first.recipient, person: first.person };
  const between = { day: { from: addDays(from, -RARE_DAYS), to } };
  return (await views.rows(unusualAccess, staffDays, { where, between, order: 'day', limit: ALL })).rows;
};

const looksOf = async (views: ViewReader, { recipient, person, day }: Pick<Day, 'recipient' | 'person' | 'day'>, more: Partial<Look>) =>
  (await views.rows(unusualAccess, looks, { where: { recipient, person, day, ...more }, order: 'position', limit: MOST_POSITIONS })).rows;

const sameLearner = async ({ views, period }: Asked, days: readonly (readonly Day[])[]): Promise<readonly AccessHit[]> => {
  const looking = days.flat().filter((one) => isSomebody(one) && isIn(period, one.day));
  const recipients = [...new Set(looking.map(({ recipient }) => recipient))];
  const often = await Promise.all(recipients.map((recipient) => oftenOf(views, period, recipient)));
  const runs = inTurn(often).slice(0, MOST_PAIRS);
  const found = (await Promise.all(runs.map((pair) => runsOf(views, period, pair)))).flat();
  return found
    .filter((run) => isIn(period, run[MANY_LOOKS - 1]?.day ?? ''))
    .flatMap((run) => hitOf('same-learner', run, { looks: run.length, at: MANY_LOOKS - 1, isAboutOne: true }));
};

type Pair = RowOf<typeof pairs>;
const OFTEN_OR_LATELY = [['times', 'last'] as const, ['last', 'times'] as const];

/** Whose staff looked within these days, those who did most often and those who did last in turn: neither hides the other. */
const oftenOf = async (views: ViewReader, { from }: DaysAsked, recipient: string): Promise<readonly Pair[]> => {
  const between = { times: { from: MANY_LOOKS }, last: { from: londonDayStart(from) } };
  const query = { where: { recipient }, between, newestFirst: true, limit: MOST_PAIRS } as const;
  const [most, last] = await Promise.all(
    OFTEN_OR_LATELY.map((order) => views.rows(unusualAccess, pairs, { ...query, order: [...order, 'learner', 'person'] })),
  );
  const all = inTurn([most?.rows ?? [], last?.rows ?? []]);
  return [...new Map(all.map((pair) => [`${pair.learner}\n${pair.person}`, pair])).values()];
};

/** The first of each, then the second of each. */
const inTurn = <One>(lists: readonly (readonly One[])[]): readonly One[] => {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list.slice(at, at + 1))).flat();
};

/** Of looks before these days the last few alone: of those who were many before, none is the one that made them many now. */
const runsOf = async (
  views: ViewReader,
  { from }: DaysAsked,
  { recipient, person, learner }: Pair,
): Promise<readonly (readonly Look[])[]> => {
  const of = { where: { recipient, person, learner, direct: 1 }, order: ['day', 'position'] } as const;
  const before = { ...of, between: { day: { to: addDays(from, -1) } }, newestFirst: true, limit: MANY_LOOKS };
  const [earlier, since] = await Promise.all([
    views.rows(unusualAccess, looks, before),
    views.rows(unusualAccess, looks, { ...of, between: { day: { from } }, limit: ALL }),
  ]);
  const looked = [...earlier.rows.toReversed(), ...since.rows];
  if (looked.length < MANY_LOOKS) return [];
  const changed = await views.rows(unusualAccess, changes, { where: { learner }, order: 'position', limit: ALL });
  return manyWithoutChange(
    looked,
    changed.rows.map(({ position }) => position),
  );
};

const manyRefusals = async ({ views, period }: Asked, days: readonly (readonly Day[])[]): Promise<readonly AccessHit[]> => {
  const many = days.filter((ofOne) => mayBeMany(period, ofOne));
  const bursts = many.map(async ([whose]) => {
    const { recipient = '', person = '' } = whose ?? {};
    const where = { recipient, person, refused: 1 };
    const between = { day: { from: addDays(period.from, -1), to: period.to } };
    return burstsOf((await views.rows(unusualAccess, looks, { where, between, order: ['day', 'position'], limit: ALL })).rows);
  });
  const found = (await Promise.all(bursts)).flat().filter((burst) => isIn(period, burst.at(-1)?.day ?? ''));
  return found.flatMap((burst) => hitOf('many-refusals', burst, { looks: burst.length, at: MANY_REFUSALS - 1 }));
};

/** In a day and the one before, since an hour may begin in one and end in the other; `days` of one person, in order. */
const mayBeMany = (period: DaysAsked, days: readonly Day[]): boolean =>
  days.some(({ day, refused }, at) => {
    const before = days[at - 1];
    const yesterday = before !== undefined && before.refused > 0 && before.day === addDays(day, -1) ? before.refused : 0;
    return isIn(period, day) && refused > 0 && refused + yesterday >= MANY_REFUSALS;
  });

type Find = (asked: Asked, days: readonly (readonly Day[])[]) => Promise<readonly AccessHit[]>;

const RULES: readonly (readonly [AccessRule, Find])[] = [
  ['outside-hours', outsideHours],
  ['far-above-usual', farAbove],
  ['same-learner', sameLearner],
  ['many-refusals', manyRefusals],
];

interface More {
  readonly looks: number;
  readonly usual?: number;
  /** Which of the looks made it a hit; the first where none is named. */
  readonly at?: number;
  readonly isAboutOne?: true;
}

const hitOf = (rule: AccessRule, run: readonly Look[], { looks: many, usual, at = 0, isAboutOne }: More): readonly AccessHit[] => {
  const made = run[at];
  if (made === undefined) return [];
  const { recipient, person, position, learner } = made;
  return [
    {
      rule,
      position,
      at: made.at,
      recipient,
      person,
      looks: many,
      ...(usual !== undefined && { usual }),
      ...(isAboutOne && { learner }),
      positions: run.slice(0, MOST_POSITIONS).map((look) => look.position),
    },
  ];
};

/** Of whom it is told whom somebody looked at, so many looks are gone through. */
const MOST_LOOKS = 500;

/** At whom a member of an agency's staff looked, the latest day first, each once. */
export const lookedAtBy = async (
  views: ViewReader,
  { agency: recipient, staff, limit }: Parameters<FindIndex['lookedAt']>[0],
): Promise<readonly LearnerId[]> => {
  const where = { recipient, person: personDigest(recipient, staff) };
  const { rows } = await views.rows(unusualAccess, looks, { where, order: ['day', 'position'], newestFirst: true, limit: MOST_LOOKS });
  return [...new Set(rows.flatMap(({ learner }) => (learner === '' ? [] : [learner])))].slice(0, limit);
};
