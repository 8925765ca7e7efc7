// What a page of a list shows, of the broker's answer and of what the list's description and its page say. Pure but for the time.
import type { CodeFields } from '../broker/api-description.ts';
import type { DescribedList } from '../broker/list-descriptions.ts';
import type { Person } from '../shell/person.ts';
import { rowsTaken } from '../shell/rows-taken.ts';
import { headingOf, type SortedHeading, sortedSays, type Sorting, sortingText } from '../shell/sorting.ts';
import type { Acting } from './acts.ts';
import { actsOn } from './acts-by-list.ts';
import { type Chosen, fieldsOf, hrefOf, tagsOf } from './list-filters.ts';
import { aheadTabs, LIST_PAGES, type ListPage, type ListTab, pathOfList } from './list-pages.ts';
import { type Row, type ShownTable, tableOf } from './list-rows.ts';
import { kindIn, LEARNER, rowsSorted } from './list-sorting.ts';
import { labelOf } from './words.ts';

export interface Answer {
  readonly on: string;
  readonly position: string;
  readonly rows: readonly Row[];
  readonly next?: string;
  readonly status?: string;
  readonly closesAt?: string;
}

export interface ShownList {
  readonly answer: Answer;
  /** Which of its columns hold codes, and what these are called. */
  readonly codes: CodeFields;
  /** Rows of another list that its picture shows too. */
  readonly beside: readonly Row[];
  /** Up to which of the record the list was made. */
  readonly viewPosition: number;
  readonly chosen: Chosen;
  /** As it was asked for. */
  readonly limit: string | undefined;
  readonly cursor: string;
  /** Undefined where the rows stand in the list's own order. */
  readonly sorting: Sorting | undefined;
  readonly named: (text: string) => string;
  readonly path: string;
  readonly purposes: readonly string[];
  readonly acting: Acting;
  readonly person: Person;
  /** Names of the lists that are for the person's work. */
  readonly open: ReadonlySet<string>;
  /** Whether records of learners are among the person's pages. */
  readonly opensLearners: boolean;
}

interface TabShown {
  readonly text: string;
  readonly href: string;
  /** Whether exactly this is chosen. */
  readonly current: boolean;
}

export const pageOf = ({ name }: Pick<DescribedList, 'name'>): ListPage =>
  LIST_PAGES.find(({ list }) => list === name) ?? {
    path: '',
    list: name,
    title: labelOf(name),
    empty: 'Nothing is on this list for your agency.',
  };

const linksBeside = (
  { beside = [] }: ListPage,
  { person, open }: Pick<ShownList, 'person' | 'open'>,
): readonly { readonly text: string; readonly href: string }[] =>
  beside.filter((name) => open.has(name)).map((name) => ({ text: pageOf({ name }).title, href: pathOfList(name, person) }));

const addsOf = ({ adds = {} }: ListPage, { types }: Acting): readonly { readonly text: string; readonly href: string }[] =>
  Object.entries(adds).flatMap(([type, text]) => (types.has(type) ? [{ text, href: `/staff/enter/${type}` }] : []));

const isChosen = ({ chosen }: ListTab, now: Chosen): boolean => {
  const names = Object.keys(chosen);
  return names.length === Object.keys(now).length && names.every((name) => chosen[name] === now[name]);
};

const tabsIn = ({ tabs = [], isAhead }: ListPage, { on }: Acting): readonly ListTab[] => (isAhead ? aheadTabs(on) : tabs);

const tabsOf = (tabs: readonly ListTab[], { path, chosen, sorting }: Pick<ShownList, 'path' | 'chosen' | 'sorting'>): readonly TabShown[] =>
  tabs.map((tab) => ({ text: tab.text, href: hrefOf(path, { ...tab.chosen, sort: sortIn(sorting) }), current: isChosen(tab, chosen) }));

/** What is chosen where nothing is said. */
export const usualOf = ({ usual = {}, isAhead }: ListPage, today: string): Chosen =>
  isAhead ? (aheadTabs(today)[0]?.chosen ?? {}) : usual;

const sortIn = (sorting: Sorting | undefined): string | undefined => sorting && sortingText(sorting);

const inOrder = (rows: readonly Row[], { isFirst }: ListPage): readonly Row[] =>
  isFirst === undefined ? rows : [...rows.filter(isFirst), ...rows.filter((row) => !isFirst(row))];

interface ListSorted {
  readonly learner: SortedHeading;
  readonly headings: readonly SortedHeading[];
  /** What is sorted, and the way back from it. */
  readonly sorted?: string;
  readonly own: string;
}

const goesOnIn = ({ answer, cursor }: ShownList): boolean => cursor !== '' || answer.next !== undefined;

const sortedOf = (shown: ShownList, { columns }: ShownTable): ListSorted => {
  const { answer, chosen, limit, path, sorting, codes } = shown;
  const hrefFor = (sort?: string): string => hrefOf(path, { ...chosen, limit, sort });
  const first = { name: LEARNER, label: 'Learner' };
  const by = [first, ...columns].find(({ name }) => name === sorting?.by);
  return {
    learner: headingOf(first, sorting, hrefFor),
    headings: columns.map((column) => headingOf(column, sorting, hrefFor)),
    own: hrefFor(),
    ...(sorting &&
      by && {
        sorted: sortedSays({
          ...{ label: by.name === LEARNER ? 'learner (family name)' : by.label, kind: kindIn(answer.rows, sorting, codes) },
          ...{ isDescending: sorting.isDescending, rows: answer.rows.length, goesOn: goesOnIn(shown) },
        }),
      }),
  };
};

export const modelOf = (list: DescribedList, shown: ShownList): Readonly<Record<string, unknown>> => {
  const page = pageOf(list);
  const { answer, codes, chosen, limit, cursor, path, acting, sorting } = shown;
  const inOwnOrder = inOrder(answer.rows, page);
  const rows = sorting === undefined ? inOwnOrder : rowsSorted(answer.rows, sorting, shown);
  const acts = rows.map((row) => actsOn(list.name, row, acting));
  const { next, on, position, status, closesAt } = answer;
  const table = tableOf(list, rows, { grouped: sorting === undefined ? page.grouped : undefined, codes });
  const tabs = tabsIn(page, acting);
  const figure = page.figure?.draw(inOwnOrder, shown.beside);
  const hasActs = acts.some((some) => some.length > 0);
  const sort = sortIn(sorting);
  return {
    ...{ on, position, status, closesAt, list },
    title: page.title,
    empty: tabs.find((tab) => isChosen(tab, chosen))?.empty ?? page.empty,
    listPurposes: shown.purposes,
    table: { ...table, opensLearners: shown.opensLearners },
    ...sortedOf(shown, table),
    acts,
    hasActs,
    width: table.columns.length + Number(table.hasLearners) + Number(hasActs),
    figure,
    adds: addsOf(page, acting),
    tabs: tabsOf(tabs, shown),
    isInFigure: isInFigure(page, figure),
    fields: fieldsOf(list, chosen, codes),
    tags: tagsOf(list, { chosen, path, codes, named: shown.named, kept: { sort } }),
    listPath: path,
    cleared: hrefOf(path, { sort }),
    sort,
    isPaged: cursor !== '',
    first: hrefOf(path, { ...chosen, limit, sort }),
    next: next === undefined ? undefined : hrefOf(path, { ...chosen, limit, sort, cursor: next }),
    csv: csvOf(list, shown),
    beside: linksBeside(page, shown),
    asOf: Date.now(),
    behind: behindBy(shown.viewPosition, answer.position),
  };
};

const isInFigure = ({ figure }: ListPage, drawn: string | undefined): boolean => figure?.isTable === true && drawn !== undefined;

/** A file of a list that goes on is sent as it comes, and is in the list's own order. */
const csvOf = (list: DescribedList, shown: ShownList): { readonly href: string; readonly says: string } => {
  const goesOn = goesOnIn(shown);
  const says = rowsTaken({ rows: shown.answer.rows.length, goesOn }, asOf(list));
  const { chosen, path, sorting } = shown;
  const isOtherwise = sorting !== undefined && goesOn;
  return {
    href: hrefOf(`${path}/csv`, { ...chosen, sort: goesOn ? undefined : sortIn(sorting) }),
    says: isOtherwise ? `${says} The file is in the list’s own order.` : says,
  };
};

/** What is about no learner is recorded as a question alone. */
const asOf = ({ about }: DescribedList): string => (about === 'learners' ? 'recorded as seen by you' : 'in the file');

/** The decisions of one page are entries of the record too, at most so many: a list is behind only where it lacks more than these. */
const OF_ONE_PAGE = 2500;

/** How many entries of the record a list lacks; undefined where it lacks none but its own page's. */
const behindBy = (viewPosition: number, position: string): number | undefined => {
  const lacking = Number(position) - viewPosition;
  return lacking > OF_ONE_PAGE ? lacking : undefined;
};
