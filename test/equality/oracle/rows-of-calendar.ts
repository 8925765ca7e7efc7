// The calendar of planning (views.md, S19): by when plans close, and what agreements on planning ask of their parties by the calendar.
import { first, type Row } from './facts.ts';
import type { ThingRows } from './rows-of-things.ts';
import { type Agency, daysFrom, type Told, text, texts } from './told.ts';

interface Undertaking {
  readonly protocol: string;
  readonly duty: string;
  readonly says: string;
  readonly who: readonly string[];
  /** The term that has begun by the days of the stories. */
  readonly since: string;
  readonly due: string;
}

const MEMORANDUM = 'lsc-learning-partnership';
const BOTH = ['funder', 'learning-partnership'];
const BY_OCTOBER = { protocol: MEMORANDUM, since: '2026-09-01', due: '2026-10-31' };

/** As the agreements say it; what is asked for by 31 January has not begun. */
const UNDERTAKINGS: readonly Undertaking[] = [
  {
    ...{ protocol: 'planning-intelligence', duty: 'plan-together', who: ['funder', 'connexions'], since: '2026-09-01', due: '2026-10-01' },
    says: 'Before each planning round the parties say that they have met and compared what they know.',
  },
  {
    ...{ protocol: MEMORANDUM, duty: 'joint-meeting', who: BOTH, since: '2026-08-01', due: '2026-11-01' },
    says: 'The two meet each quarter, by terms of reference that they have agreed.',
  },
  {
    ...{ ...BY_OCTOBER, duty: 'working-group', who: ['learning-partnership'] },
    says: 'By the end of October of each year a working group for the curriculum offer is named.',
  },
  {
    ...{ ...BY_OCTOBER, duty: 'staff-support', who: ['funder'] },
    says: "By the end of October of each year it is said who sees to the support that providers' staff need.",
  },
  {
    ...{ ...BY_OCTOBER, duty: 'specialised-provision', who: BOTH },
    says: 'By the end of October of each year specialised provision for special needs is identified.',
  },
  {
    ...{ ...BY_OCTOBER, duty: 'marketing', who: ['learning-partnership'] },
    says: 'By the end of October of each year the strategy by which local provision is made known is agreed.',
  },
];

export const planningCalendar: ThingRows = (things, _, on, agencies) => [
  ...closings(things, on),
  ...UNDERTAKINGS.map((one) => undertaken(one, things, { on, agencies })),
];

/** Of each partnership what was declared last. */
const closings = (things: readonly Told[], on: string): readonly Row[] =>
  [
    ...new Map(
      things.filter(({ type }) => type === 'partnership.declared').map((one) => [`${one.by} ${String(one.data['name'])}`, one]),
    ).values(),
  ].flatMap(({ data }) => {
    const closes = text(data, 'planningCloses');
    if (closes === undefined) return [];
    const isAhead = closes >= on;
    return [
      {
        ...{ on: closes, what: 'planning-closes', says: 'Last day for what is to enter the plan.', partnership: text(data, 'name') },
        ...{ protocol: null, duty: null, agencies: texts(data, 'members'), state: isAhead ? 'ahead' : 'passed' },
        daysLeft: isAhead ? daysFrom(on, closes) : null,
      },
    ];
  });

interface Asked {
  readonly on: string;
  readonly agencies: readonly Agency[];
}

/** Done by the first that says so of a day within the term or after it: of a role that is meant, and to whoever may see it. */
const undertaken = (one: Undertaking, things: readonly Told[], { on, agencies }: Asked): Row => {
  const bearers = agencies.filter(({ roles }) => roles.some((role) => one.who.includes(role))).map(({ slug }) => slug);
  const done = things
    .filter(({ type, by, data }) => type === 'undertaking.discharged' && bearers.includes(by) && data['duty'] === one.duty)
    .filter(({ data }) => data['protocol'] === one.protocol && String(data['on']) >= one.since && String(data['on']) <= on)
    .toSorted((a, b) => daysFrom(String(b.data['on']), String(a.data['on'])) || a.order - b.order)[0];
  const isLate = one.due < on;
  return {
    ...{ on: one.due, what: 'undertaking', says: one.says, partnership: null, protocol: one.protocol, duty: one.duty },
    agencies: done ? [done.by] : bearers,
    state: first(['done', done !== undefined], ['overdue', isLate], ['open', true]),
    daysLeft: done || isLate ? null : daysFrom(on, one.due),
  };
};
