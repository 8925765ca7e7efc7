// What rules of data quality find for as long as it holds, so that it can be kept ready (views.md, S16; ADR 67). Pure.
import { addDays, type IsoDate } from '#kernel';
import { countsFrom } from '../states/index.ts';
import type { Fact } from './facts.ts';
import {
  type Circumstances,
  CODED,
  destinations,
  ends,
  type Facts,
  type Finding,
  type Found,
  inOrder,
  MOST_AHEAD_DAYS,
  of,
  RULE_CODES,
  type RuleCode,
  RULES,
  starts,
  ULN_DAYS,
  wordsIn,
} from './rules.ts';

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
  'provision-unknown': ['application.submitted'],
  'assessment-valid-too-long': ['assessment.recorded'],
  'achievement-twice': ['achievement.recorded'],
};

/** Before and after all days that anybody asks about. */
export const [EVER, NEVER] = ['1900-01-01', '9999-12-31'];

/** What is found on each day from the first to the last, both inclusive. */
export interface LastingFinding extends Found {
  readonly from: IsoDate;
  readonly to: IsoDate;
  /** Found as long as that does not hold, of what no learner's facts tell; none: whatever holds besides. */
  readonly unless?: string;
}

const NOTHING_HOLDS = { mayAnswer: () => false, isListed: () => false };

/** What is said so of an agency is that it may answer a referral; anything else, that a word for provision is of something listed. */
const ANSWERS = 'answers:';

export const holdsOf =
  ({ mayAnswer, isListed }: Pick<Circumstances, 'mayAnswer' | 'isListed'>) =>
  (unless: string): boolean =>
    unless.startsWith(ANSWERS) ? mayAnswer(unless.slice(ANSWERS.length)) : isListed(unless);

/** Of whatever day: on each these come to what `findingsIn` finds. One that rests on several such conditions is there for each. */
export const lastingFindings = (facts: Facts, rules: readonly RuleCode[] = RULE_CODES): readonly LastingFinding[] => {
  const ordered = inOrder(facts);
  const types = new Set(facts.map(({ type }) => type));
  return rules
    .filter((rule) => ABOUT[rule].some((type) => types.has(type)))
    .flatMap((rule) => {
      const turns = [...new Set([EVER, ...(TURNS[rule]?.(ordered) ?? [])])].filter((day) => day !== null).sort();
      return turns.flatMap((from, place) => {
        const next = turns[place + 1];
        const days = { from, to: next === undefined ? NEVER : addDays(next, -1) };
        return RULES[rule](ordered, { on: from, ...NOTHING_HOLDS }).flatMap((found) =>
          conditionsOf(rule, found, ordered).map((condition) => ({ rule, ...found, ...days, ...condition })),
        );
      });
    });
};

const conditionsOf = (rule: RuleCode, { at }: Finding, facts: Facts): readonly Pick<LastingFinding, 'unless'>[] => {
  const fact = facts.find(({ place }) => place === at);
  if (rule === 'referral-to-non-party' && fact) return [{ unless: `${ANSWERS}${fact.code ?? ''}` }];
  if (rule === 'provision-unknown' && fact) return [...new Set(wordsIn(fact))].map((unless) => ({ unless }));
  return [{}];
};
