// The rules of data quality, each a pure function over facts about one learner (views.md, S16); data-quality-rules.json words them.
import { shippedCodes } from '#catalogue';
import { addDays, type AgencySlug, dayAfter, type IsoDate, type Revision } from '#kernel';
import { isSameDays } from '../documents/index.ts';
import { type Destined, NEET_GROUPS, standingOn } from '../states/index.ts';
import { type Fact, GIVES_POSTCODE, GIVES_ULN, NO_SUCH_CODE } from './facts.ts';

export interface Circumstances {
  readonly on: IsoDate;
  /** Whether a protocol in force lets it answer a referral. */
  readonly mayAnswer: (agency: AgencySlug) => boolean;
  /** Whether the agency chosen lists provision that is called so; by the word for it. */
  readonly isListed: (word: string) => boolean;
}

export interface Found {
  readonly rule: RuleCode;
  /** The event that it is about. */
  readonly at: Revision;
  /** And those that it rests on besides. */
  readonly beside: readonly Revision[];
}

export type Facts = readonly Fact[];
export type Finding = Omit<Found, 'rule'>;
type Rule = (facts: Facts, at: Circumstances) => readonly Finding[];

export const of = (facts: Facts, ...types: readonly Fact['type'][]): Facts => facts.filter(({ type }) => types.includes(type));
const finding = ({ place: at }: Fact, ...beside: readonly Fact[]): Finding => ({ at, beside: beside.map(({ place }) => place) });
const isSame = (one: Fact, other: Fact): boolean => one.source === other.source && one.thing === other.thing && one.thing !== null;
const isBefore = (one: IsoDate | null, other: IsoDate | null): boolean => one !== null && other !== null && one < other;

export const starts = (facts: Facts): Facts => of(facts, 'programme.started');
export const ends = (facts: Facts): Facts => of(facts, 'programme.left-early', 'programme.moved-on');
const identities = (facts: Facts): Facts => of(facts, 'learner.registered', 'learner.corrected');
const endOf = (facts: Facts, start: Fact): Fact | undefined => ends(facts).find((end) => isSame(end, start));

/** What makes one event wrong beside each of the others. */
const pairs = (some: Facts, others: Facts, isWrong: (one: Fact, other: Fact) => boolean): readonly Finding[] =>
  some.flatMap((one) => {
    const other = others.find((another) => another !== one && isWrong(one, another));
    return other ? [finding(one, other)] : [];
  });

export const MOST_AHEAD_DAYS = 90;
export const ULN_DAYS = 42;

const isRunning = (facts: Facts, start: Fact, on: IsoDate): boolean => {
  const end = endOf(facts, start)?.day ?? null;
  return start.day !== null && start.day <= on && (end === null || end > on);
};

/** Begun before the other was over. */
const overlaps = (facts: Facts, one: Fact, other: Fact): boolean => {
  const end = endOf(facts, other)?.day ?? null;
  return !isBefore(one.day, other.day) && (end === null || isBefore(one.day, end)) && one.place > other.place;
};

/** Rules that find something missing, each with what that is. */
export const LACKING: Readonly<Record<string, string | undefined>> = { 'residence-missing': GIVES_POSTCODE, 'uln-missing': GIVES_ULN };

/** That nobody who may be seen gives something, told once for each agency that registered the learner. */
const lacking = (facts: Facts, what: string | undefined, by: (registered: Fact) => boolean): readonly Finding[] => {
  const stated = identities(facts);
  if (stated.some((one) => wordsIn(one).includes(String(what)))) return [];
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

export const destinations = (facts: Facts): readonly ReturnType<typeof destined>[] => of(facts, 'destination.recorded').map(destined);

const standingDestination = (facts: Facts, on: IsoDate): Fact | undefined => standingOn(destinations(facts), on)?.fact;

/** Of an application that was sent again the last. */
const submitted = (facts: Facts): Facts =>
  of(facts, 'application.submitted').filter((one, place, all) => !all.slice(place + 1).some((other) => isSame(one, other)));

/** What an application chooses, or what a statement of identity gives. */
export const wordsIn = ({ code }: Pick<Fact, 'code'>): readonly string[] => (code ?? '').split(' ').filter((word) => word !== '');

/** What says something by a code of a table, or by a year. */
export const CODED: readonly Fact['type'][] = [
  ...(['destination.recorded', 'programme.moved-on', 'achievement.recorded', 'endorsement.given', 'offer.made'] as const),
];

export const RULES = {
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
  'provision-unknown': (facts, { isListed }) =>
    submitted(facts)
      .filter((one) => wordsIn(one).some((word) => !isListed(word)))
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

/** About what no clause shows to others for the quality of data: to them it would be proposed in vain. */
export const FOR_ITS_SOURCE: readonly Fact['type'][] = ['application.submitted', 'offer.made'];

export const SEVERITIES = ['blocks', 'warns'] as const;
export type Severity = (typeof SEVERITIES)[number];

let severities: ReadonlyMap<string, Severity> | undefined;

export const severityOf = (rule: RuleCode): Severity => {
  severities ??= new Map(shippedCodes()['data-quality-rules'].codes.map(({ code, severity }) => [code, severity]));
  return severities.get(rule) ?? 'warns';
};

/** What blocks comes first. */
export const rankOf = (severity: Severity): number => SEVERITIES.indexOf(severity);

export const inOrder = (facts: Facts): Facts => facts.toSorted((one, other) => one.place - other.place);

/** Of one learner, in the order of the events. */
export const findingsIn = (facts: Facts, at: Circumstances): readonly Found[] => {
  const ordered = inOrder(facts);
  return RULE_CODES.flatMap((rule) => RULES[rule](ordered, at).map((found) => ({ rule, ...found })));
};
