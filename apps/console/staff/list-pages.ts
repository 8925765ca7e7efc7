// Lists that have a page of their own among those of staff and planners (console.md, 4.3): its words; everything else the list's
// description says.
import { figureOf } from '../pictures/picture.ts';
import { type GuaranteeWeek, guaranteeWeeks } from '../pictures/guarantee-weeks.ts';
import { twelveWeeks } from '../pictures/twelve-weeks.ts';
import { admittanceTo } from '../shell/areas.ts';
import type { Person } from '../shell/person.ts';

type AnyRow = Readonly<Record<string, unknown>>;

/** Rows of one day and provider stand in one part of the table, without the columns that say so. */
export interface Grouping {
  readonly dayOf: (row: AnyRow) => unknown;
  readonly columns: readonly string[];
}

export interface ListFigure {
  /** A picture of the rows of the page, as markup; undefined where they tell nothing for it. */
  readonly draw: (rows: readonly AnyRow[], beside: readonly AnyRow[]) => string | undefined;
  /** Its table is that of the rows, which then stand there once. */
  readonly isTable?: true;
  /** A list whose first rows stand in the picture too, where the person may see them. */
  readonly beside?: string;
}

/** Filters that are chosen together by one press; of the first none. */
export interface ListTab {
  readonly text: string;
  readonly chosen: Readonly<Record<string, string>>;
  readonly empty?: string;
}

export interface ListPage {
  /** Of the page, as `/staff/caseload`; of a list without a page of its own nothing. */
  readonly path: string;
  /** Name of the list. */
  readonly list: string;
  readonly title: string;
  readonly empty: string;
  /** Within a page these rows stand first. */
  readonly isFirst?: (row: AnyRow) => boolean;
  readonly grouped?: Grouping;
  readonly tabs?: readonly ListTab[];
  /** Other lists that whoever looks at this one may want. */
  readonly beside?: readonly string[];
  /** Filters that are chosen where nothing is said. */
  /** Of days that are to come: those before today are a press away. */
  readonly isAhead?: true;
  readonly usual?: Readonly<Record<string, string>>;
  readonly figure?: ListFigure;
  /** What an agency that may record it can add from here, by type of event. */
  readonly adds?: Readonly<Record<string, string>>;
}

const weeksIn = (rows: readonly AnyRow[]): readonly number[] => rows.flatMap(({ week }) => (typeof week === 'number' ? [week] : []));

/** Picture 9: the first twelve weeks decide (QPID 90, 6.8). */
const leftInWeeks: ListFigure = {
  beside: 'attendance-concerns',
  draw: (rows, concerns) => {
    const weeks = weeksIn(rows);
    return weeks.length === 0 ? undefined : figureOf(twelveWeeks('weeks', weeks, weeksIn(concerns)));
  },
};

const sumOf = (row: AnyRow, ...names: readonly string[]): number => names.reduce((sum, name) => sum + Number(row[name] ?? 0), 0);

const weekOf = (row: AnyRow): GuaranteeWeek => ({
  on: String(row['on']),
  deadline: String(row['deadline']),
  settled: sumOf(row, 'inLearning', 'accepted'),
  offered: sumOf(row, 'placed', 'offerHeld'),
  applied: sumOf(row, 'applied'),
  nothing: sumOf(row, 'offerNotSuitable', 'declinedAll', 'noApplication'),
});

/** Picture 8, of counts over rows that the agency may list itself. Of one day there is nothing to draw. */
const weekByWeek: ListFigure = {
  isTable: true,
  draw: (rows) => (rows.length < 2 ? undefined : figureOf(guaranteeWeeks('guarantee', rows.map(weekOf)))),
};

export const LIST_PAGES: readonly ListPage[] = [
  {
    path: '/staff/caseload',
    list: 'caseload',
    title: 'Caseload',
    empty: 'No learner of yours is on the caseload.',
    beside: ['follow-ups', 'sign-offs', 'duties'],
  },
  {
    path: '/staff/on-programme',
    list: 'on-programme',
    title: 'On programme',
    empty: 'No learner of yours is on a programme.',
    isFirst: ({ adviserAssigned }) => adviserAssigned === false,
    tabs: [
      { text: 'Everybody', chosen: {} },
      { text: 'Not linked', chosen: { linked: 'false' }, empty: 'Everybody at your providers is linked to an adviser.' },
      { text: 'Linked', chosen: { linked: 'true' }, empty: 'Nobody at your providers is linked to an adviser.' },
    ],
    beside: ['allocations', 'risk-assessments'],
  },
  {
    path: '/staff/reviews',
    list: 'reviews',
    title: 'Reviews',
    empty: 'No review of a learner of yours is due, scheduled or held.',
    tabs: [
      { text: 'All', chosen: {} },
      { text: 'Due', chosen: { state: 'due' }, empty: 'No review of a learner of yours is due.' },
      { text: 'Scheduled', chosen: { state: 'scheduled' }, empty: 'No review of a learner of yours is scheduled.' },
      { text: 'Missed', chosen: { state: 'missed' }, empty: 'No review of a learner of yours was missed.' },
      { text: 'Held', chosen: { state: 'held' }, empty: 'No review of a learner of yours was held.' },
      { text: 'Somebody is asked to attend', chosen: { 'attendance-requested': 'true' }, empty: 'Nobody is asked to attend a review.' },
    ],
    grouped: {
      dayOf: ({ scheduledOn, dueOn, heldOn }) => heldOn ?? scheduledOn ?? dueOn,
      columns: ['of', 'scheduledOn', 'dueOn', 'heldOn'],
    },
    beside: ['visits'],
  },
  {
    path: '/staff/visits',
    list: 'visits',
    title: 'Visits',
    empty: 'No reviews are scheduled with a provider of yours.',
    isAhead: true,
    grouped: { dayOf: ({ on }) => on, columns: ['on', 'of'] },
    beside: ['reviews'],
  },
  {
    path: '/staff/referrals',
    list: 'referrals',
    title: 'Referrals',
    empty: 'Nothing waits for your answer, and you have referred nobody.',
    tabs: [
      { text: 'All', chosen: {} },
      { text: 'Received', chosen: { direction: 'received' }, empty: 'Nobody has referred anybody to you.' },
      { text: 'Waiting for your answer', chosen: { direction: 'received', state: 'waiting' }, empty: 'Nothing waits for your answer.' },
      { text: 'Made', chosen: { direction: 'made' }, empty: 'You have referred nobody.' },
      { text: 'Declined', chosen: { direction: 'made', state: 'declined' }, empty: 'No referral that you made is declined.' },
      { text: 'Accepted', chosen: { direction: 'made', state: 'accepted' }, empty: 'No referral that you made is accepted.' },
    ],
    beside: ['allocations'],
  },
  {
    path: '/staff/leavers',
    list: 'early-leavers',
    title: 'Early leavers',
    empty: 'No learner of yours has left early.',
    beside: ['attendance-concerns', 'starts-and-finishes'],
    figure: leftInWeeks,
  },
  {
    path: '/staff/guarantee',
    list: 'guarantee',
    title: 'The Guarantee',
    empty: 'No young person of your area is on the Guarantee list for this year.',
    beside: ['guarantee/summary', 'applications'],
  },
  {
    path: '/staff/guarantee-weeks',
    list: 'guarantee/summary',
    title: 'The Guarantee, week by week',
    empty: 'No Monday has passed yet since the September before the places begin.',
    usual: { weekly: 'true' },
    figure: weekByWeek,
    beside: ['guarantee'],
  },
  {
    path: '/plan/provision',
    list: 'provision',
    title: 'Provision and places',
    empty: 'No agency has listed provision yet.',
    beside: ['labour-needs', 'provision-gaps', 'partnerships'],
    adds: { 'provision.listed': 'List provision' },
  },
  {
    path: '/plan/needs',
    list: 'labour-needs',
    title: 'What the labour market needs',
    empty: 'Nobody has published what the labour market needs.',
    beside: ['provision', 'provision-gaps'],
    adds: { 'labour-need.published': 'Publish a need' },
  },
  {
    path: '/plan/targets',
    list: 'targets',
    title: 'Targets',
    empty: 'No target or benchmark is set yet.',
    adds: { 'target.set': 'Set a target', 'benchmark.published': 'Publish a benchmark' },
  },
  {
    path: '/plan/gaps',
    list: 'provision-gaps',
    title: 'Gaps in provision',
    empty: 'Nobody has raised a gap.',
    beside: ['provision', 'labour-needs'],
    adds: { 'provision.gap-raised': 'Raise a gap' },
  },
  {
    path: '/plan/feedback',
    list: 'feedback',
    title: 'What young people say',
    empty: 'Of no agency have six or more spoken in a quarter that is over.',
  },
];

/** In an address no `/` stands within a name. */
export const nameInPath = (list: string): string => list.replaceAll('/', '.');
export const nameFromPath = (text: string): string => text.replaceAll('.', '/');

/** Of a list of days to come; both are told by its filter `from`. */
export const aheadTabs = (today: string): readonly ListTab[] => [
  { text: 'From today', chosen: { from: today }, empty: 'No review is scheduled from today on.' },
  { text: 'All days', chosen: { from: '2000-01-01' } },
];

/** The list's own page, where it has one and that is among the person's. */
export const pathOfList = (list: string, person: Person): string => {
  const own = LIST_PAGES.find((one) => one.list === list);
  return own !== undefined && admittanceTo(own.path, person) === 'admitted' ? own.path : `/staff/lists/${nameInPath(list)}`;
};

/** Of a path such as `/staff/caseload` or `/plan/gaps/csv`: the name of its list; empty where it is none's. */
export const listAt = (path: string): string => LIST_PAGES.find((one) => one.path === path.replace(/\/csv$/, ''))?.list ?? '';
