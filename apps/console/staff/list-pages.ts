// Lists that have a page of their own among those of staff (console.md, 4.3): its words; everything else the list's description says.

export interface ListPage {
  readonly path: string;
  /** Name of the list. */
  readonly list: string;
  readonly title: string;
  readonly empty: string;
  /** Within a page these rows stand first. */
  readonly isFirst?: (row: Readonly<Record<string, unknown>>) => boolean;
  /** Other lists that whoever looks at this one may want. */
  readonly beside?: readonly string[];
  /** Whether rows tell in which week of a programme something happened. */
  readonly hasWeeks?: true;
}

export const LIST_PAGES: readonly ListPage[] = [
  {
    path: 'caseload',
    list: 'caseload',
    title: 'Caseload',
    empty: 'No learner of yours is on the caseload.',
    beside: ['follow-ups', 'sign-offs', 'duties'],
  },
  {
    path: 'on-programme',
    list: 'on-programme',
    title: 'On programme',
    empty: 'No learner of yours is on a programme.',
    isFirst: ({ adviserAssigned }) => adviserAssigned === false,
    beside: ['allocations', 'risk-assessments'],
  },
  {
    path: 'reviews',
    list: 'reviews',
    title: 'Reviews',
    empty: 'No review of a learner of yours is due, scheduled or held.',
    beside: ['visits'],
  },
  {
    path: 'visits',
    list: 'visits',
    title: 'Visits',
    empty: 'No reviews are scheduled with a provider of yours.',
    beside: ['reviews'],
  },
  {
    path: 'referrals',
    list: 'referrals',
    title: 'Referrals',
    empty: 'Nothing waits for your answer, and you have referred nobody.',
    beside: ['allocations'],
  },
  {
    path: 'leavers',
    list: 'early-leavers',
    title: 'Early leavers',
    empty: 'No learner of yours has left early.',
    beside: ['attendance-concerns', 'starts-and-finishes'],
    hasWeeks: true,
  },
  {
    path: 'guarantee',
    list: 'guarantee',
    title: 'The Guarantee',
    empty: 'No young person of your area is on the Guarantee list for this year.',
    beside: ['guarantee/summary', 'applications'],
  },
];

/** In an address no `/` stands within a name. */
export const nameInPath = (list: string): string => list.replaceAll('/', '.');
export const nameFromPath = (text: string): string => text.replaceAll('.', '/');

export const pathOfList = (list: string): string => {
  const own = LIST_PAGES.find((one) => one.list === list);
  return own ? `/staff/${own.path}` : `/staff/lists/${nameInPath(list)}`;
};
