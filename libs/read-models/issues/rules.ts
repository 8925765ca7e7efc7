// The rules of data quality, each a pure function over facts about one learner (views.md, S16); data-quality-rules.json words them.
import { shippedCodes } from '#catalogue';
import { addDays, type AgencySlug, dayAfter, type IsoDate, type Revision } from '#kernel';
import { isSameDays } from '../documents/index.ts';
import { countsFrom, type Destined, NEET_GROUPS, standingOn } from '../states/index.ts';
import { type Fact, GIVES_POSTCODE, GIVES_ULN, NO_SUCH_CODE } from './facts.ts';

export interface Circumstances {
  readonly on: IsoDate;
  /** Whether a protocol in force lets it answer a referral. */
  readonly mayAnswer: (agency: AgencySlug) => boolean;
}

export interface Found {
  readonly rule: RuleCode;
  /** The event that it is about. */
  readonly at: Revision;
  /** And those that it rests on besides. */
  readonly beside: readonly Revision[];
}

type Facts = readonly Fact[];
type Finding = Omit<Found, 'rule'>;
type Rule = (facts: Facts, at: Circumstances) => readonly Finding[];

const of = (facts: Facts, ...types: readonly Fact['type'][]): Facts => facts.filter(({ type }) => types.includes(type));
const finding = ({ place: at }: Fact, ...beside: readonly Fact[]): Finding => ({ at, beside: beside.map(({ place }) => place) });
const isSame = (one: Fact, other: Fact): boolean => one.source === other.source && one.thing === other.thing && one.thing !== null;
const isBefore = (one: IsoDate | null, other: IsoDate | null): boolean => one !== null && other !== null && one < other;

const starts = (facts: Facts): Facts => of(facts, 'programme.started');
const ends = (facts: Facts): Facts => of(facts, 'programme.left-early', 'programme.moved-on');
const identities = (facts: Facts): Facts => of(facts, 'learner.registered', 'learner.corrected');
const endOf = (facts: Facts, start: Fact): Fact | undefined => ends(facts).find((end) => isSame(end, start));

/** What makes one event wrong beside each of the others. */
const pairs = (some: Facts, others: Facts, isWrong: (one: Fact, other: Fact) => boolean): readonly Finding[] =>
  some.flatMap((one) => {
    const other = others.find((another) => another !== one && isWrong(one, another));
    return other ? [finding(one, other)] : [];
  });

const MOST_AHEAD_DAYS = 90;
const ULN_DAYS = 42;

const isRunning = (facts: Facts, start: Fact, on: IsoDate): boolean => {
  const end = endOf(facts, start)?.day ?? null;
  return start.day !== null && start.day <= on && (end === null || end > on);
};

/** Begun before the other was over. */
const overlaps = (facts: Facts, one: Fact, other: Fact): boolean => {
  const end = endOf(facts, other)?.day ?? null;
  return !isBefore(one.day, other.day) && (end === null || isBefore(one.day, end)) && one.place > other.place;
};

/** That nobody who may be seen gives something, told once for each agency that registered the learner. */
const lacking = (facts: Facts, what: string | undefined, by: (registered: Fact) => boolean): readonly Finding[] => {
  const stated = identities(facts);
  if (stated.some(({ code }) => (code ?? '').split(' ').includes(String(what)))) return [];
  const first = of(stated, 'learner.registered').filter(
    (one, place, all) => all.findIndex(({ source }) => source === one.source) === place,
  );
  return first.filter(by).map((one) => finding(one));
};

const destined = (fact: Fact): Destined & { readonly fact: Fact } => ({
  from: fact.day,
  verifiedOn: fact.verified,
  place: fact.place,
  fact,
});

const destinations = (facts: Facts): readonly ReturnType<typeof destined>[] => of(facts, 'destination.recorded').map(destined);

const standingDestination = (facts: Facts, on: IsoDate): Fact | undefined => standingOn(destinations(facts), on)?.fact;

/** What says something by a code of a table. */
const CODED: readonly Fact['type'][] = ['destination.recorded', 'programme.moved-on', 'achievement.recorded', 'endorsement.given'];

const RULES = {
  'end-before-start': (facts) => pairs(ends(facts), starts(facts), (end, start) => isSame(end, start) && isBefore(end.day, start.day)),
  'start-before-14': (facts) => {
    const born = identities(facts).findLast(({ day }) => day !== null);
    return born
      ? starts(facts)
          .filter(({ day }) => isBefore(day, born.day))
          .map((start) => finding(start, born))
      : [];
  },
  'start-too-far-ahead': (facts, { on }) => {
    const last = addDays(on, MOST_AHEAD_DAYS);
    return starts(facts)
      .filter(({ day }) => isBefore(last, day))
      .map((start) => finding(start));
  },
  'leaver-without-start': (facts) =>
    ends(facts)
      .filter((end) => end.thing !== null && !starts(facts).some((start) => isSame(end, start)))
      .map((end) => finding(end)),
  'two-school-courses': (facts) => {
    const courses = starts(facts).filter(({ code }) => code === 'school-course');
    return pairs(courses, courses, (one, other) => overlaps(facts, one, other));
  },
  'destination-contradicts': (facts, { on }) => {
    const destination = standingDestination(facts, on);
    const running = starts(facts).find((start) => isRunning(facts, start, on) && isBefore(start.day, destination?.day ?? null));
    return destination && running && NEET_GROUPS.includes(destination.code) ? [finding(destination, running)] : [];
  },
  'activity-stale': (facts, { on }) => {
    const destination = standingDestination(facts, on);
    return destination?.until && destination.until <= on ? [finding(destination)] : [];
  },
  'residence-missing': (facts) => lacking(facts, GIVES_POSTCODE, () => true),
  'code-unknown': (facts) =>
    of(facts, ...CODED)
      .filter(({ code }) => code === NO_SUCH_CODE)
      .map((one) => finding(one)),
  'review-after-end': (facts) =>
    pairs(of(facts, 'review.held'), ends(facts), (review, end) => isSame(review, end) && isBefore(end.day, review.day)),
  'uln-missing': (facts, { on }) => lacking(facts, GIVES_ULN, ({ until }) => until !== null && addDays(until, ULN_DAYS) < on),
  'referral-to-non-party': (facts, { mayAnswer }) =>
    of(facts, 'referral.made')
      .filter(({ code }) => code !== null && !mayAnswer(code))
      .map((one) => finding(one)),
  'assessment-valid-too-long': (facts) =>
    of(facts, 'assessment.recorded')
      .filter(({ day, until }) => day !== null && isBefore(dayAfter(day, 'P2Y'), until))
      .map((one) => finding(one)),
  'achievement-twice': (facts) => {
    const achieved = of(facts, 'achievement.recorded');
    return pairs(
      achieved,
      achieved,
      (one, other) => one.thing === other.thing && one.thing !== null && isSameDays(one.day, other.day) && one.place > other.place,
    );
  },
} as const satisfies Readonly<Record<string, Rule>>;

export type RuleCode = keyof typeof RULES;
export const RULE_CODES = Object.keys(RULES) as readonly RuleCode[];

export const SEVERITIES = ['blocks', 'warns'] as const;
export type Severity = (typeof SEVERITIES)[number];

let severities: ReadonlyMap<string, Severity> | undefined;

export const severityOf = (rule: RuleCode): Severity => {
  severities ??= new Map(shippedCodes()['data-quality-rules'].codes.map(({ code, severity }) => [code, severity]));
  return severities.get(rule) ?? 'warns';
};

/** What blocks comes first. */
export const rankOf = (severity: Severity): number => SEVERITIES.indexOf(severity);

const inOrder = (facts: Facts): Facts => facts.toSorted((one, other) => one.place - other.place);

/** Of one learner, in the order of the events. */
export const findingsIn = (facts: Facts, at: Circumstances): readonly Found[] => {
  const ordered = inOrder(facts);
  return RULE_CODES.flatMap((rule) => RULES[rule](ordered, at).map((found) => ({ rule, ...found })));
};

const daysIn = (facts: Facts): readonly (IsoDate | null)[] => facts.map(({ day }) => day);
const moved = (days: readonly (IsoDate | null)[], by: number): readonly (IsoDate | null)[] => days.map((day) => day && addDays(day, by));

/** Of the rules that look at the day, the days from which on each may find something else than the day before. */
const TURNS: { readonly [Code in RuleCode]?: (facts: Facts) => readonly (IsoDate | null)[] } = {
  'start-too-far-ahead': (facts) => moved(daysIn(starts(facts)), -MOST_AHEAD_DAYS),
  'destination-contradicts': (facts) => [...destinations(facts).map(countsFrom), ...daysIn([...starts(facts), ...ends(facts)])],
  'activity-stale': (facts) => destinations(facts).flatMap((one) => [countsFrom(one), one.fact.until]),
  'uln-missing': (facts) =>
    moved(
      of(facts, 'learner.registered').map(({ until }) => until),
      ULN_DAYS + 1,
    ),
};

/** What findings of a rule are about: where there is none of these it finds nothing, and is not asked. */
const ABOUT: Readonly<Record<RuleCode, readonly Fact['type'][]>> = {
  'end-before-start': ['programme.left-early', 'programme.moved-on'],
  'start-before-14': ['programme.started'],
  'start-too-far-ahead': ['programme.started'],
  'leaver-without-start': ['programme.left-early', 'programme.moved-on'],
  'two-school-courses': ['programme.started'],
  'destination-contradicts': ['destination.recorded'],
  'activity-stale': ['destination.recorded'],
  'residence-missing': ['learner.registered'],
  'code-unknown': CODED,
  'review-after-end': ['review.held'],
  'uln-missing': ['learner.registered'],
  'referral-to-non-party': ['referral.made'],
  'assessment-valid-too-long': ['assessment.recorded'],
  'achievement-twice': ['achievement.recorded'],
};

/** Before and after all days that anybody asks about. */
export const [EVER, NEVER] = ['1900-01-01', '9999-12-31'];

/** What is found on each day from the first to the last, both inclusive. */
export interface LastingFinding extends Found {
  readonly from: IsoDate;
  readonly to: IsoDate;
  /** Found as long as that agency may not answer a referral. */
  readonly unlessAnswers?: AgencySlug;
}

const NOBODY_ANSWERS = { mayAnswer: () => false };

/** Of whatever day: on each these come to what `findingsIn` finds. */
export const lastingFindings = (facts: Facts): readonly LastingFinding[] => {
  const ordered = inOrder(facts);
  const types = new Set(facts.map(({ type }) => type));
  return RULE_CODES.filter((rule) => ABOUT[rule].some((type) => types.has(type))).flatMap((rule) => {
    const turns = [...new Set([EVER, ...(TURNS[rule]?.(ordered) ?? [])])].filter((day) => day !== null).sort();
    return turns.flatMap((from, place) => {
      const next = turns[place + 1];
      const days = { from, to: next === undefined ? NEVER : addDays(next, -1) };
      return RULES[rule](ordered, { on: from, ...NOBODY_ANSWERS }).map((found) => ({
        rule,
        ...found,
        ...days,
        ...asLongAs(rule, found, ordered),
      }));
    });
  });
};

const asLongAs = (rule: RuleCode, { at }: Finding, facts: Facts): Pick<LastingFinding, 'unlessAnswers'> => {
  const to = rule === 'referral-to-non-party' ? facts.find(({ place }) => place === at)?.code : null;
  return typeof to === 'string' ? { unlessAnswers: to } : {};
};
