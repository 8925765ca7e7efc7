// Lists of concerns, risks, activities, and for whoever pays (views.md, S11, S13, S25, S26).
import { activityGroup, coded, reasonGroup } from './cuts.ts';
import {
  assessmentsOf,
  frameworkOf,
  day,
  destinationOf,
  first,
  inOrder,
  isAbout,
  itemsOf,
  personOf,
  pick,
  type Row,
  startOf,
  stateOf,
  value,
  weekOf,
} from './facts.ts';
import { dueOf, responsibleOn } from './passing.ts';
import type { RowsOf } from './rows-of-advisers.ts';
import type { Item, Question, Seen } from './sight.ts';
import { londonDay, plusDays, text } from './told.ts';

export const attendanceConcerns: RowsOf = (seen, { on }) =>
  itemsOf(seen, 'attendance.concern')
    .filter((one) => day(one, 'on') <= on)
    .map((one) => {
      const happened = day(one, 'on');
      const start = startOf(seen, one);
      const week = weekOf(start && text(start.data, 'startedOn'), happened);
      const count28d = itemsOf(seen, 'attendance.concern').filter((other) => {
        const isIn = day(other, 'on') <= happened && day(other, 'on') > plusDays(happened, -28);
        return isIn && other.by === one.by && other.data['programmeId'] === one.data['programmeId'];
      }).length;
      const first12 = week === null ? null : week <= 12;
      return {
        ...personOf(seen),
        of: text(one.data, 'of') ?? one.by,
        ...pick(one.data, 'programmeId', 'kind', 'note'),
        on: happened,
        week,
        first12,
        count28d,
        recordedOn: londonDay(one.knownAt),
        attention: count28d >= 3 || first12 === true,
      };
    });

export const riskAssessments: RowsOf = (seen, question) =>
  itemsOf(seen, 'programme.started')
    .filter((start) => start.data['kind'] !== 'school-course' && stateOf(seen, start, question.on) === 'running')
    .map((start) => {
      const referral = itemsOf(seen, 'referral.made')
        .filter(({ data }) => data['to'] === start.by)
        .at(-1);
      const person = {
        ...personOf(seen),
        of: start.by,
        ...pick(start.data, 'programmeId', 'startedOn'),
        route: value(referral?.data, 'route'),
      };
      return { ...person, ...riskOf(seen, start, question) };
    });

/** The provider's own day, but for the adviser's agency. */
const riskDue = (seen: Seen, question: Question, { start, ...term }: { start: Item; due: string; toldOn: string }): string => {
  const { on, asker } = question;
  const isMine = asker.roles.includes('connexions') && responsibleOn(seen, question, on).agency === asker.slug;
  return isMine && start.by !== asker.slug ? dueOf(seen, question, { ...term, settledOn: undefined }) : term.due;
};

const riskOf = (seen: Seen, start: Item, question: Question): Row => {
  const { on } = question;
  const risk = assessmentsOf(seen)
    .filter((one) => frameworkOf(one) === 'risk-of-failing' && day(one, 'assessedOn') <= on)
    .toSorted(inOrder((one) => day(one, 'assessedOn')))
    .at(-1);
  const anew = riskDue(seen, question, { start, due: plusDays(day(start, 'startedOn'), 28), toldOn: start.toldOn });
  const notAssessed = { state: anew < on ? 'missing' : 'due', due: anew };
  if (!risk) return { ...notAssessed, assessedOn: null, validUntil: null, by: null, level: null };
  const validUntil = text(risk.data, 'validUntil') ?? plusDays(day(risk, 'assessedOn'), 90);
  const level = value(risk.data['outcome'] as Row | undefined, 'level');
  const due = riskDue(seen, question, { start, due: validUntil, toldOn: risk.toldOn });
  const isOfBefore = validUntil < day(start, 'startedOn');
  return {
    ...{ assessedOn: day(risk, 'assessedOn'), validUntil, by: risk.by, level },
    ...(isOfBefore ? notAssessed : { state: validUntil < on ? 'expired' : 'valid', due }),
  };
};

const MONTHS: Readonly<Record<string, number>> = {
  'full-time-education': 12,
  'part-time-education': 12,
  apprenticeship: 12,
  training: 12,
  'employment-with-study': 6,
  employment: 6,
  'neet-available': 3,
  'not-available': 3,
};

const plusMonths = (from: string, many: number): string => {
  const [year = 0, month = 0, dayOfMonth = 0] = from.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + many, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + many, Math.min(dayOfMonth, last))).toISOString().slice(0, 10);
};

export const activities: RowsOf = (seen, { on }) => {
  const one = destinationOf(seen, on);
  if (!one) return [];
  const [activity, group] = coded(one, 'activity', 'activityGroup', activityGroup);
  const lapsesOn = activity === null ? null : lapseOf(one, String(activity), { group, ends: endsOf(seen, one, on) });
  const isNeet = group === 'neet-available' || group === 'not-available';
  const against = itemsOf(seen, 'programme.started').find(
    (start) => isNeet && stateOf(seen, start, on) === 'running' && day(start, 'startedOn') >= day(one, 'from'),
  );
  return [
    {
      ...personOf(seen),
      activity,
      group,
      ...pick(one.data, 'from', 'verifiedOn'),
      by: one.by,
      currency: lapsesOn === null ? null : currencyOn(lapsesOn, on),
      lapsesOn,
      contradictedBy: against ? { of: against.by, startedOn: day(against, 'startedOn') } : null,
    },
  ];
};

const LEARNING: readonly (string | null)[] = ['full-time-education', 'part-time-education', 'apprenticeship', 'training'];
const UNTIL_THEN = ['615', '616', '290', '710'];

/** Of learning, the days on which the programmes end that go on, or did on its first day or later; `9999` of one without. */
const endsOf = (seen: Seen, one: Item, on: string): readonly string[] =>
  itemsOf(seen, 'programme.started')
    .filter((start) => day(start, 'startedOn') <= on)
    .map((start) => {
      const told = itemsOf(seen, 'programme.left-early', 'programme.moved-on').filter((end) => isAbout(seen, start, end));
      const days = told.map((end) => text(end.data, 'leftOn') ?? day(end, 'on')).filter((end) => end <= on);
      return days[0] ?? day(start, 'plannedEnd');
    })
    .filter((end) => end >= day(one, 'from'));

interface Lasting {
  readonly group: string | null;
  readonly ends: readonly string[];
}

/** From the day after on; undefined where one has no end. */
const courseEnd = (group: string | null, ends: readonly string[]): string | undefined => {
  const last = LEARNING.includes(group) ? ends.toSorted().at(-1) : undefined;
  return last === undefined || last === '9999' ? undefined : plusDays(last, 1);
};

const lapseOf = (one: Item, activity: string, { group, ends }: Lasting): string | null => {
  const months = MONTHS[group ?? ''];
  if (months === undefined) return null;
  const usual = plusMonths(day(one, 'verifiedOn'), months);
  const until = text(one.data, 'until') ?? courseEnd(group, ends) ?? usual;
  return UNTIL_THEN.includes(activity) || until < usual ? until : usual;
};

/** Of what is known of it alone, whatever programmes run. */
export const destinationLapse = (data: Item['data']): string | null => {
  const activity = text(data, 'activity');
  return activity === undefined ? null : lapseOf({ data } as Item, activity, { group: activityGroup(activity), ends: [] });
};

/** Due for the last month. */
const currencyOn = (lapsesOn: string, on: string): string | undefined =>
  first(['lapsed', lapsesOn <= on], ['due', plusMonths(lapsesOn, -1) <= on], ['current', true]);

/** A month's list closes at six in the morning of the fifth of the next. */
export const monthOf = (happened: string, knownAt: number): string => {
  const known = londonDay(knownAt - 6 * 3_600_000);
  const open = Number(known.slice(8)) < 5 ? plusDays(`${known.slice(0, 7)}-01`, -1).slice(0, 7) : known.slice(0, 7);
  return open > happened.slice(0, 7) ? open : happened.slice(0, 7);
};

const NOTHING = { reason: null, reasonGroup: null, destination: null, group: null };

const ENDS = ['programme.left-early', 'programme.moved-on'];
const DAYS: Readonly<Record<string, string>> = {
  'programme.started': 'startedOn',
  'programme.left-early': 'leftOn',
  'programme.moved-on': 'on',
};

export const startsAndFinishes =
  (month: string): RowsOf =>
  (seen, { on, asker }) =>
    itemsOf(seen, ...Object.keys(DAYS)).flatMap((one) => {
      const when = day(one, DAYS[one.type] ?? '');
      const [start] = startsOf(seen, one);
      const isOut = isOthersCourse(seen, one, asker) || isSecondEnd(seen, one);
      if (when > on || isOut || monthOf(when, one.knownAt) !== month) return [];
      return [
        {
          ...personOf(seen),
          month,
          ...happened(one, start, when),
          change: when.startsWith(month) ? 'new' : 'late',
          forMonth: when.slice(0, 7),
        },
      ];
    });

/** A pupil's is none of a funder's, and what ended without a start that it sees may be one. */
const isOthersCourse = (seen: Seen, one: Item, { slug, roles }: Question['asker']): boolean =>
  one.by !== slug && roles.includes('funder') && !isNoCourse(startsOf(seen, one));

const isNoCourse = (starts: readonly Item[]): boolean => starts.length > 0 && starts.every(({ data }) => data['kind'] !== 'school-course');

const startsOf = (seen: Seen, one: Item): readonly Item[] =>
  one.type === 'programme.started'
    ? [one]
    : itemsOf(seen, 'programme.started').filter((other) => other.by === one.by && isAbout(seen, other, one));

/** Of two ends of one programme the first counts. */
const isSecondEnd = (seen: Seen, { type, by, order, data: { programmeId } }: Item): boolean =>
  ENDS.includes(type) &&
  itemsOf(seen, ...ENDS).some((one) => one.by === by && one.data['programmeId'] === programmeId && one.order < order);

const happened = (one: Item, start: Item | undefined, when: string): Row => {
  const isStart = one.type === 'programme.started';
  const [reason, reasonsGroup] = coded(one, 'reason', 'reasonGroup', reasonGroup);
  const [destination, group] = coded(one, 'destination', 'activityGroup', activityGroup);
  return {
    ...{ event: isStart ? 'start' : one.type.slice('programme.'.length), of: one.by },
    ...pick(one.data, 'programmeId'),
    ...pick(start?.data, 'kind', 'title', 'strand', 'startedOn', 'plannedEnd'),
    on: when,
    week: weekOf(start && text(start.data, 'startedOn'), when),
    ...(isStart ? NOTHING : { reason, reasonGroup: reasonsGroup, destination, group }),
  };
};

export const jobsWithoutTraining =
  (month: string): RowsOf =>
  (seen, { on }) =>
    itemsOf(seen, 'destination.recorded')
      .filter((one) => ['330', '350', '360', '380'].includes(text(one.data, 'activity') ?? '') || one.clause === 'SF3')
      .map((one) => ({ one, from: day(one, 'from') }))
      .filter(({ one, from }) => from <= on && monthOf(from, one.knownAt) === month)
      .map(({ one, from }) => ({
        ...{ month, from, forMonth: from.slice(0, 7), change: from.startsWith(month) ? 'new' : 'late' },
        activityGroup: coded(one, 'activity', 'activityGroup', activityGroup)[1],
      }));
