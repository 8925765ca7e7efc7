// By which columns officers' lists are sorted, each by what its cells show (console.md, 3; ADR 77).
import { textOf } from '../shell/form.ts';
import { type SortedColumn, sortedPage, type SortedPage } from '../shell/sorting.ts';
import type { Consent, Decision, Named, QuestionRow, Withdrawal } from './audit-answers.ts';
import type { say as sayAll } from './say.ts';
import { type Search, searchWithout, withSearch } from './search.ts';

type Say = typeof sayAll;

/** Rows of a page: so many where they are sorted, so that most lists are sorted as a whole. */
const [ROWS, SORTED_ROWS] = [50, 100];
export const rowsFor = ({ sort }: Search): number => (sort ? SORTED_ROWS : ROWS);

const personIn = (say: Say, { localId, learner }: Named): string => localId ?? say.short(learner);

const whatFor = (say: Say, { route, asked, purposes }: Decision): string => {
  if (route === 'look') return say.code(asked);
  return purposes === 'any' ? 'Each item’s own' : say.codes(purposes);
};

const when: SortedColumn<{ readonly at: string }> = { name: 'at', label: 'When', kind: 'day', keyOf: ({ at }) => at };

export const decisionColumns = (say: Say): readonly SortedColumn<Decision>[] => [
  when,
  { name: 'who', label: 'Who', kind: 'text', keyOf: ({ recipient, staff = '' }) => `${say.agency(recipient)} ${staff}` },
  { name: 'how', label: 'How', kind: 'text', keyOf: ({ route }) => say.route(route) },
  { name: 'for', label: 'What for', kind: 'text', keyOf: (one) => whatFor(say, one) },
  { name: 'categories', label: 'Categories', kind: 'text', keyOf: ({ permitted }) => say.categories(permitted) },
  { name: 'clauses', label: 'Clauses and bases', kind: 'text', keyOf: (one) => say.clausesBriefly(one).join('; ') },
  { name: 'consent', label: 'Consent', kind: 'text', keyOf: (one) => say.consents(one).join(' ') },
  { name: 'outcome', label: 'Outcome', kind: 'text', keyOf: ({ outcome }) => say.outcome(outcome) },
];

const OF_A_DAY: readonly string[] = ['clauses', 'consent'];

export const lookColumns = (say: Say): readonly SortedColumn<Decision & Named>[] => {
  const [at, who, ...rest] = decisionColumns(say).filter(({ name }) => !OF_A_DAY.includes(name));
  const learner: SortedColumn<Named> = { name: 'learner', label: 'Learner', kind: 'text', keyOf: (one) => personIn(say, one) };
  return [at ?? when, ...(who ? [who] : []), learner, ...rest];
};

export const consentColumns = (say: Say): readonly SortedColumn<Consent & Named>[] => [
  { name: 'id', label: 'Consent', kind: 'text', keyOf: ({ id }) => id },
  { name: 'learner', label: 'Learner', kind: 'text', keyOf: (one) => personIn(say, one) },
  { name: 'status', label: 'Status', kind: 'text', keyOf: ({ status }) => say.code(status) },
  { name: 'protocol', label: 'Agreement', kind: 'text', keyOf: ({ protocol }) => say.code(protocol) },
  { name: 'categories', label: 'Categories', kind: 'text', keyOf: ({ categories }) => say.codes(categories) },
  { name: 'recipients', label: 'Recipients', kind: 'text', keyOf: ({ recipients }) => say.codes(recipients) },
  { name: 'method', label: 'How', kind: 'text', keyOf: ({ method = '' }) => say.code(method) },
  { name: 'recorded', label: 'Recorded', kind: 'day', keyOf: ({ recordedAt }) => recordedAt },
  { name: 'expires', label: 'Ends', kind: 'day', keyOf: ({ expires = '' }) => expires },
  { name: 'reliedOn', label: 'Relied on', kind: 'number', isNumeric: true, keyOf: ({ reliedOn }) => reliedOn },
];

export type WithdrawalRow = Withdrawal & Named & { readonly id: string };

const stateOf = (say: Say, { notices }: Withdrawal): string =>
  notices.map(({ recipient, state }) => `${state === 'acknowledged' ? 'answered' : state} ${say.agency(recipient)}`).join('; ');

export const withdrawalColumns = (say: Say): readonly SortedColumn<WithdrawalRow>[] => [
  { name: 'id', label: 'Consent', kind: 'text', keyOf: ({ id }) => id },
  { name: 'learner', label: 'Learner', kind: 'text', keyOf: (one) => personIn(say, one) },
  { name: 'at', label: 'Withdrawn', kind: 'day', keyOf: ({ at }) => at },
  { name: 'stopped', label: 'Stopped', kind: 'number', keyOf: ({ seconds = '' }) => seconds },
  { name: 'after', label: 'Relied on it after', kind: 'number', isNumeric: true, keyOf: ({ reliedOnAfter }) => reliedOnAfter },
  { name: 'before', label: 'Last disclosure before', kind: 'day', keyOf: ({ lastBefore }) => lastBefore?.at ?? '' },
  { name: 'feeds', label: 'Feeds told to delete', kind: 'number', isNumeric: true, keyOf: ({ tombstones }) => tombstones.length },
  { name: 'notices', label: 'Notices', kind: 'text', keyOf: (one) => stateOf(say, one) },
];

const QUESTION_STATES: Readonly<Record<QuestionRow['state'], string>> = {
  waiting: 'Waiting',
  acknowledged: 'Acknowledged',
  answered: 'Answered',
};

/** As its tag says it. */
const stateShown = ({ state, overdue }: QuestionRow): string => (overdue && state !== 'answered' ? 'Overdue' : QUESTION_STATES[state]);

/** Whoever answers for one agency is told of no other. */
export const questionColumns = (
  say: Say,
  { answers, state }: { readonly answers: boolean; readonly state: string },
): readonly SortedColumn<QuestionRow>[] => [
  { name: 'kind', label: 'What', kind: 'text', keyOf: ({ kind }) => (kind === 'complaint' ? 'Complaint' : 'Question') },
  ...(answers ? [] : [{ name: 'about', label: 'Agency', kind: 'text', keyOf: ({ about }: QuestionRow) => say.agency(about) } as const]),
  { name: 'learner', label: 'Learner', kind: 'text', keyOf: (one) => personIn(say, one) },
  { name: 'sent', label: 'Sent', kind: 'day', keyOf: ({ askedOn }) => askedOn },
  { name: 'state', label: 'State', kind: 'text', keyOf: stateShown },
  { name: 'next', label: state === 'open' ? 'Next' : 'Answered', kind: 'day', keyOf: ({ due, answeredOn = '' }) => due ?? answeredOn },
];

export interface TableAsked {
  readonly path: string;
  /** What else the address says. */
  readonly filters: Search;
  readonly search: Search;
  readonly next: string | undefined;
}

type SortedTable<Row> = SortedPage<Row> & {
  /** As the address goes on saying it; empty where the rows stand in the list's own order. */
  readonly sort: string;
  readonly goesOn: boolean;
  /** The address of the next page. */
  readonly next: string | undefined;
};

export const sortedTable = <Row>(
  rows: readonly Row[],
  columns: readonly SortedColumn<Row>[],
  { path, filters, search, next }: TableAsked,
): SortedTable<Row> => {
  const goesOn = next !== undefined || Boolean(search['cursor']);
  const hrefFor = (sort = ''): string => withSearch(path, searchWithout({ ...filters, ...(sort && { sort }) }));
  const asked = textOf(search['sort']);
  const page = sortedPage(rows, columns, { sort: asked, goesOn, hrefFor });
  const sort = page.sorted === undefined ? '' : asked;
  const further = next && withSearch(path, searchWithout({ ...filters, ...(sort && { sort }), cursor: next }));
  return { ...page, sort, goesOn, next: further };
};

/** Files of officers' lists are sent as they come. */
export const ownOrderOfFile = ({ sorted }: { readonly sorted?: string }): string =>
  sorted === undefined ? '' : ' The file is in the list’s own order.';
