// Which pages are whose, by the first part of their path: everybody else's sign-in is turned away before a page is asked for.
import type { Person, PersonKind } from './person.ts';

interface Area {
  readonly prefix: string;
  readonly kinds: readonly PersonKind[];
  /** Beside the kind: staff whose agency gave them one of these roles here. */
  readonly roles?: readonly string[];
}

/** Planners, of funders and partnerships, and whoever manages a provider. */
const PLANNERS: readonly string[] = ['planner', 'manager'];
const ADMINISTRATORS: readonly string[] = ['administrator'];

const AREAS: readonly Area[] = [
  { prefix: 'dpo', kinds: ['officer'] },
  { prefix: 'data', kinds: ['data-manager'] },
  { prefix: 'staff', kinds: ['staff'] },
  { prefix: 'plan', kinds: ['staff'], roles: PLANNERS },
  { prefix: 'agency', kinds: ['staff'], roles: ADMINISTRATORS },
  { prefix: 'agreements', kinds: ['staff', 'officer', 'data-manager'] },
  { prefix: 'me', kinds: ['learner'] },
];

/** Whoever only plans, manages or administers sees no learner here (console.md, 1): no record, none to be found, no consent. */
export const meetsNoLearner = (person: Person): boolean =>
  person.kind === 'staff' &&
  person.roles.length > 0 &&
  person.roles.every((role) => PLANNERS.includes(role) || ADMINISTRATORS.includes(role));

const OF_A_LEARNER = /^\/staff\/(?:learners|find|consent)(?:\/|$)/;

/** `open`: for everybody, signed in or not. */
export type Admittance = 'open' | 'sign-in' | 'admitted' | 'not-yours';

export const admittanceTo = (path: string, person: Person | undefined): Admittance => {
  const first = path.split(/[/?]/, 2)[1];
  const area = AREAS.find(({ prefix }) => prefix === first);
  if (area === undefined) return 'open';
  if (person === undefined) return 'sign-in';
  if (OF_A_LEARNER.test(path) && meetsNoLearner(person)) return 'not-yours';
  return isIn(area, person) ? 'admitted' : 'not-yours';
};

const isIn = ({ kinds, roles }: Area, person: Person): boolean =>
  kinds.includes(person.kind) && (roles === undefined || hasOne(person, roles));

const hasOne = (person: Person, roles: readonly string[]): boolean =>
  person.kind === 'staff' && person.roles.some((role) => roles.includes(role));

const HOMES: Readonly<Record<PersonKind, string>> = { officer: '/dpo', 'data-manager': '/data', staff: '/staff', learner: '/me' };

export const homeOf = (person: Person): string => {
  if (hasOne(person, ADMINISTRATORS)) return '/agency';
  return plansAlone(person) ? '/plan' : HOMES[person.kind];
};

/** Whoever works with learners besides begins with what is due of them. */
const plansAlone = (person: Person): boolean =>
  person.kind === 'staff' && person.roles.length > 0 && person.roles.every((role) => PLANNERS.includes(role));

export interface NavigationEntry {
  readonly href: string;
  readonly text: string;
}

const OFFICER: readonly NavigationEntry[] = [
  { href: '/dpo', text: 'Today' },
  { href: '/dpo/find', text: 'Find' },
  { href: '/dpo/consents', text: 'Consents' },
  { href: '/dpo/flows', text: 'Flows' },
  { href: '/dpo/unusual', text: 'Unusual looks' },
  { href: '/dpo/protocols', text: 'Agreements' },
];
const DATA: readonly NavigationEntry[] = [
  { href: '/data', text: 'Queues' },
  { href: '/data/issues', text: 'Issues' },
  { href: '/data/decisions', text: 'Decisions' },
];
const ALL_LISTS: NavigationEntry = { href: '/staff/lists', text: 'All lists' };
const RECORD: NavigationEntry = { href: '/staff/enter', text: 'Record something' };
const ON_PROGRAMME: NavigationEntry = { href: '/staff/on-programme', text: 'On programme' };
const REFERRALS: NavigationEntry = { href: '/staff/referrals', text: 'Referrals' };
const MINE: NavigationEntry = { href: '/staff', text: 'Mine, now' };

const ADVISERS: readonly string[] = ['personal-adviser', 'link-adviser', 'dedicated-adviser'];
/** Advisers follow a caseload, everybody else reviews. */
const ADVISER: readonly NavigationEntry[] = [
  MINE,
  { href: '/staff/caseload', text: 'Caseload' },
  ON_PROGRAMME,
  REFERRALS,
  ALL_LISTS,
  RECORD,
];
const STAFF: readonly NavigationEntry[] = [MINE, ON_PROGRAMME, { href: '/staff/reviews', text: 'Reviews' }, REFERRALS, ALL_LISTS, RECORD];
const PLANNER: readonly NavigationEntry[] = [
  { href: '/plan', text: 'Planning' },
  { href: '/plan/provision', text: 'Provision' },
  { href: '/plan/needs', text: 'Needs' },
  { href: '/plan/targets', text: 'Targets' },
  { href: '/plan/gaps', text: 'Gaps' },
  { href: '/plan/feedback', text: 'Feedback' },
];
/** Of whoever does both. */
const STAFF_WHO_PLAN: readonly NavigationEntry[] = [MINE, { href: '/plan', text: 'Planning' }, ON_PROGRAMME, REFERRALS, ALL_LISTS, RECORD];
const LEARNER: readonly NavigationEntry[] = [
  { href: '/me', text: 'home' },
  { href: '/me/record', text: 'record' },
  { href: '/me/seen', text: 'seen' },
  { href: '/me/sharing', text: 'sharing' },
  { href: '/me/people', text: 'people' },
  { href: '/me/questions', text: 'questions' },
];

const ADMINISTRATOR: readonly NavigationEntry[] = [
  { href: '/agency', text: 'Your agency' },
  { href: '/agency/data', text: 'Your records' },
  { href: '/agency/staff', text: 'Your staff' },
  RECORD,
  ALL_LISTS,
  { href: '/agreements', text: 'Agreements' },
];

/** At most six. A learner's are keys of words, since those pages are in two languages. */
const NAVIGATION: Readonly<Record<PersonKind, readonly NavigationEntry[]>> = {
  officer: OFFICER,
  'data-manager': DATA,
  staff: STAFF,
  learner: LEARNER,
};

export const navigationFor = (person: Person): readonly NavigationEntry[] => {
  if (hasOne(person, ADMINISTRATORS)) return ADMINISTRATOR;
  if (plansAlone(person)) return PLANNER;
  if (hasOne(person, PLANNERS)) return STAFF_WHO_PLAN;
  return hasOne(person, ADVISERS) ? ADVISER : NAVIGATION[person.kind];
};
