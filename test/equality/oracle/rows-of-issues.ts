// What cannot be true, or is not known and should be, of what an agency told (views.md, S16): by its own words, and beside those of others
// where it may see them.
import { activityGroup } from './cuts.ts';
import { type Row, value } from './facts.ts';
import { destinationLapse } from './rows-of-areas.ts';
import type { RowsOf } from './rows-of-advisers.ts';
import type { Item, Seen } from './sight.ts';
import { type Data, daysFrom, londonDay, plusDays, text, type Told } from './told.ts';

/** What both an item and a message have. */
type Fact = Pick<Item, 'type' | 'by' | 'order' | 'data' | 'toldOn'>;

interface Asked {
  readonly on: string;
  readonly planning: readonly Told[];
  readonly rolesOf: (agency: string) => readonly string[];
}

type Rule = (facts: readonly Fact[], asked: Asked) => readonly Fact[];

const of = (facts: readonly Fact[], ...types: readonly string[]): readonly Fact[] => facts.filter(({ type }) => types.includes(type));
const [STARTED, DOES, ACHIEVED] = ['programme.started', 'destination.recorded', 'achievement.recorded'];
const ENDED = ['programme.left-early', 'programme.moved-on'];
const WHO = ['learner.registered', 'learner.corrected'];

const dayIn = ({ data }: Fact, ...names: readonly string[]): string | undefined =>
  names.map((name) => text(data, name)).find((day) => day !== undefined);
const endDay = (end: Fact): string | undefined => dayIn(end, 'leftOn', 'on');
const isSame = (one: Fact, other: Fact): boolean => one.by === other.by && one.data['programmeId'] === other.data['programmeId'];
const plain = (words: unknown): string => (typeof words === 'string' ? words : '').toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
const yearsOn = (day: string, years: number): string => `${Number(day.slice(0, 4)) + years}${day.slice(4)}`;

const endOf = (facts: readonly Fact[], start: Fact): string | undefined => {
  const end = of(facts, ...ENDED).find((one) => isSame(one, start));
  return end && endDay(end);
};

/** The latest first day, then the latest asked, then the last told; none before it was asked. */
const standing = (facts: readonly Fact[], on: string): Fact | undefined =>
  of(facts, DOES ?? '')
    .filter((one) => [dayIn(one, 'from'), dayIn(one, 'verifiedOn')].every((day) => (day ?? '') <= on))
    .toSorted((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1))
    .at(-1);
const placeOf = (one: Fact): string => [dayIn(one, 'from'), dayIn(one, 'verifiedOn'), String(one.order).padStart(9, '0')].join(' ');

const lacking = (facts: readonly Fact[], name: string): readonly Fact[] =>
  of(facts, ...WHO).some(({ data }) => data[name] !== undefined) ? [] : of(facts, 'learner.registered').slice(0, 1);

const NEET = ['neet-available', 'not-available'];
const groupIn = ({ data }: Fact): string | null | undefined => text(data, 'activityGroup') ?? activityGroup(text(data, 'activity'));

const LEVELS = ['pre-entry', 'entry-1', 'entry-2', 'entry-3', 'level-1', 'level-2', 'level-3'];
const isLevel = (level: unknown): boolean => level === undefined || LEVELS.some((one) => one === level);
const isActivity = (code: string | undefined): boolean => code === undefined || activityGroup(code) !== null;
const UNKNOWN: Readonly<Record<string, (data: Data) => boolean>> = {
  'destination.recorded': (data) => !isActivity(text(data, 'activity')),
  'programme.moved-on': (data) => !isActivity(text(data, 'destination')),
  'achievement.recorded': ({ level }) => !isLevel(level),
  'endorsement.given': ({ expectedLevel }) => !isLevel(expectedLevel),
  'offer.made': (data) => !/^(?:20\d\d)?$/.test(text(data, 'cohort') ?? ''),
};

const isListed = ({ agency, provision }: Data, planning: readonly Told[]): boolean => {
  const listed = planning.filter(({ type, by }) => type === 'provision.listed' && by === agency);
  const last = new Map(listed.map((one) => [one.data['provisionId'], one.data]));
  return [...last.values()].some(({ provisionId, title }) => [provisionId, title].some((name) => plain(name) === plain(provision)));
};

const isTwice = (one: Fact, other: Fact): boolean =>
  ['kind', 'title', 'level'].every((name) => plain(one.data[name]) === plain(other.data[name])) &&
  Math.abs(daysFrom(dayIn(one, 'awardedOn') ?? '', dayIn(other, 'awardedOn') ?? '')) <= 31;

const overlaps = (facts: readonly Fact[], one: Fact, other: Fact): boolean => {
  const [begun, ended] = [dayIn(one, 'startedOn') ?? '', endOf(facts, other)];
  return one.order > other.order && begun >= (dayIn(other, 'startedOn') ?? '') && (ended === undefined || begun < ended);
};

/** Those that two agencies' words may contradict. */
const COMPARED: Readonly<Record<string, Rule>> = {
  'start-before-14': (facts) => {
    const born = of(facts, ...WHO).findLast(({ data }) => data['dateOfBirth'] !== undefined);
    const first = born && yearsOn(dayIn(born, 'dateOfBirth') ?? '', 14);
    return of(facts, STARTED ?? '').filter((start) => first !== undefined && (dayIn(start, 'startedOn') ?? first) < first);
  },
  'two-school-courses': (facts) => {
    const courses = of(facts, STARTED ?? '').filter(({ data }) => data['kind'] === 'school-course');
    return courses.filter((one) => courses.some((other) => other !== one && overlaps(facts, one, other)));
  },
  'destination-contradicts': (facts, { on }) => {
    const does = standing(facts, on);
    const isOn = (start: Fact): boolean => {
      const [begun, ended] = [dayIn(start, 'startedOn') ?? '9999', endOf(facts, start)];
      return begun <= on && (ended === undefined || ended > on) && begun < (does ? (dayIn(does, 'from') ?? '') : '');
    };
    return does && NEET.includes(groupIn(does) ?? '') && of(facts, STARTED ?? '').some(isOn) ? [does] : [];
  },
  'achievement-twice': (facts) => {
    const achieved = of(facts, ACHIEVED ?? '').filter(({ data }) => data['title'] !== undefined);
    return achieved.filter((one) => achieved.some((other) => other.order < one.order && isTwice(one, other)));
  },
};

const RULES: Readonly<Record<string, Rule>> = {
  ...COMPARED,
  'end-before-start': (facts) =>
    of(facts, ...ENDED).filter((end) =>
      of(facts, STARTED ?? '').some((start) => isSame(end, start) && (endDay(end) ?? '9999') < (dayIn(start, 'startedOn') ?? '')),
    ),
  'start-too-far-ahead': (facts, { on }) =>
    of(facts, STARTED ?? '').filter((start) => (dayIn(start, 'startedOn') ?? '') > plusDays(on, 90)),
  'leaver-without-start': (facts) => of(facts, ...ENDED).filter((end) => !of(facts, STARTED ?? '').some((start) => isSame(end, start))),
  'activity-stale': (facts, { on }) => {
    const does = standing(facts, on);
    const lapses = does && destinationLapse(does.data);
    return does && lapses !== null && lapses !== undefined && lapses <= on ? [does] : [];
  },
  'residence-missing': (facts) => lacking(facts, 'postcode'),
  'uln-missing': (facts, { on }) => lacking(facts, 'uln').filter(({ toldOn }) => plusDays(toldOn, 42) < on),
  'code-unknown': (facts) => facts.filter(({ type, data }) => UNKNOWN[type]?.(data) === true),
  'review-after-end': (facts) =>
    of(facts, 'review.held').filter((review) =>
      of(facts, ...ENDED).some((end) => isSame(review, end) && (endDay(end) ?? '9999') < (dayIn(review, 'heldOn') ?? '')),
    ),
  'referral-to-non-party': (facts, { rolesOf }) =>
    of(facts, 'referral.made').filter(
      ({ data }) => !rolesOf(String(data['to'])).some((role) => ['provider', 'college', 'connexions'].includes(role)),
    ),
  'provision-unknown': (facts, { planning }) =>
    of(facts, 'application.submitted').filter(({ data }) =>
      ((data['choices'] ?? []) as readonly Data[]).some((choice) => !isListed(choice, planning)),
    ),
  'assessment-valid-too-long': (facts) =>
    of(facts, 'assessment.recorded').filter(
      (one) => (dayIn(one, 'validUntil') ?? '') > yearsOn(dayIn(one, 'assessedOn') ?? '9999-12-31', 2),
    ),
};

const BLOCKING = ['end-before-start', 'start-before-14', 'start-too-far-ahead', 'leaver-without-start'];

/** Weekends aside. */
const tenWorkingDaysAfter = (since: string): string => {
  let [day, left] = [since, 10];
  while (left > 0) {
    day = plusDays(day, 1);
    if (![0, 6].includes(new Date(`${day}T12:00Z`).getUTCDay())) left--;
  }
  return day;
};

export const issues: RowsOf = (seen, { asker, on, planning = [], rolesOf = () => [] }) => {
  const asked = { on, planning, rolesOf };
  const own = seen.items.filter((item) => item.own);
  const found = Object.entries(RULES).flatMap(([rule, find]) => find(own, asked).map(({ order }) => ({ rule, order })));
  const beside = besideOthers(seen, asker.slug, asked).filter(
    (one) => !found.some(({ rule, order }) => rule === one.rule && order === one.order),
  );
  return [...found, ...beside].map(({ rule, order }) =>
    rowOf(
      rule,
      own.find((item) => item.order === order),
      on,
    ),
  );
};

/** So beside what another told by itself, and so beside all that may be seen. */
const besideOthers = (seen: Seen, slug: string, asked: Asked): readonly { readonly rule: string; readonly order: number }[] =>
  Object.entries(COMPARED).flatMap(([rule, find]) => {
    const pairs = [...new Set(seen.all.map(({ by }) => by))].map((other) =>
      find(
        seen.all.filter(({ by }) => by === slug || by === other),
        asked,
      ),
    );
    return find(seen.items, asked)
      .filter(({ by }) => by === slug)
      .filter(({ order }) => pairs.some((pair) => pair.some((one) => one.order === order)))
      .map(({ order }) => ({ rule, order }));
  });

const rowOf = (rule: string, item: Item | undefined, on: string): Row => {
  const since = londonDay(item?.knownAt ?? 0);
  const severity = BLOCKING.includes(rule) ? 'blocks' : 'warns';
  return {
    ...{ rule, severity, source: value(item as Data | undefined, 'by'), type: item?.type, since, state: 'open', askedOn: null },
    overdue: severity === 'blocks' && tenWorkingDaysAfter(since) < on,
  };
};
