// Which pages are whose, by the first part of their path: everybody else's sign-in is turned away before a page is asked for.
import type { Person, PersonKind } from './person.ts';

interface Area {
  readonly prefix: string;
  readonly kinds: readonly PersonKind[];
  /** Beside the kind: staff whose agency gave them this role here. */
  readonly role?: string;
}

const AREAS: readonly Area[] = [
  { prefix: 'dpo', kinds: ['officer'] },
  { prefix: 'data', kinds: ['data-manager'] },
  { prefix: 'staff', kinds: ['staff'] },
  { prefix: 'plan', kinds: ['staff'], role: 'planner' },
  { prefix: 'agency', kinds: ['staff'], role: 'administrator' },
  { prefix: 'me', kinds: ['learner'] },
];

/** `open`: for everybody, signed in or not. */
export type Admittance = 'open' | 'sign-in' | 'admitted' | 'not-yours';

export const admittanceTo = (path: string, person: Person | undefined): Admittance => {
  const first = path.split(/[/?]/, 2)[1];
  const area = AREAS.find(({ prefix }) => prefix === first);
  if (area === undefined) return 'open';
  if (person === undefined) return 'sign-in';
  return isIn(area, person) ? 'admitted' : 'not-yours';
};

const isIn = ({ kinds, role }: Area, person: Person): boolean =>
  kinds.includes(person.kind) && (role === undefined || (person.kind === 'staff' && person.roles.includes(role)));

const HOMES: Readonly<Record<PersonKind, string>> = { officer: '/dpo', 'data-manager': '/data', staff: '/staff', learner: '/me' };

export const homeOf = (person: Person): string => (isAdministrator(person) ? '/agency' : HOMES[person.kind]);

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
const STAFF: readonly NavigationEntry[] = [
  { href: '/staff', text: 'Mine, now' },
  { href: '/staff/caseload', text: 'Caseload' },
  { href: '/staff/on-programme', text: 'On programme' },
  { href: '/staff/referrals', text: 'Referrals' },
  { href: '/staff/lists', text: 'All lists' },
];
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
  { href: '/staff/enter', text: 'Record something' },
  { href: '/staff/lists', text: 'All lists' },
];

/** At most six. A learner's are keys of words, since those pages are in two languages. */
const NAVIGATION: Readonly<Record<PersonKind, readonly NavigationEntry[]>> = {
  officer: OFFICER,
  'data-manager': DATA,
  staff: STAFF,
  learner: LEARNER,
};

const isAdministrator = (person: Person): boolean => person.kind === 'staff' && person.roles.includes('administrator');

export const navigationFor = (person: Person): readonly NavigationEntry[] =>
  isAdministrator(person) ? ADMINISTRATOR : NAVIGATION[person.kind];
