// Rows of a page in the order of one of its columns, which a link in its heading chooses (console.md, 3): by nothing but what the page
// shows in any case, so that the order tells nothing that the cells do not (V1 to V3; ADR 77).

export interface Sorting {
  /** Name of the column. */
  readonly by: string;
  readonly isDescending: boolean;
}

/** What a cell shows, as it is compared; empty where it shows nothing. */
export type SortKey = number | string;

/** As it stands in an address: `dueOn`, or `-dueOn` from the last to the first. */
export const sortingText = ({ by, isDescending }: Sorting): string => `${isDescending ? '-' : ''}${by}`;

/** Undefined where it names none of these columns: the list is in its own order then. */
export const sortingIn = (text: string, columns: readonly string[]): Sorting | undefined => {
  const isDescending = text.startsWith('-');
  const by = isDescending ? text.slice(1) : text;
  return columns.includes(by) ? { by, isDescending } : undefined;
};

const asPeopleSort = new Intl.Collator('en-GB', { numeric: true, sensitivity: 'base' });

const compared = (one: SortKey, other: SortKey): number =>
  typeof one === 'number' && typeof other === 'number' ? one - other : asPeopleSort.compare(String(one), String(other));

/** Rows that show the same stay in the order in which they came, and those that show nothing stand last, whichever way. */
export const sorted = <Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => SortKey,
  { isDescending }: Pick<Sorting, 'isDescending'>,
): readonly Row[] => {
  const keyed = rows.map((row) => ({ row, key: keyOf(row) }));
  const told = keyed.filter(({ key }) => key !== '').toSorted((one, other) => compared(one.key, other.key) * (isDescending ? -1 : 1));
  return [...told, ...keyed.filter(({ key }) => key === '')].map(({ row }) => row);
};

/** What kind of thing a column shows, for the words. */
export type SortKind = 'day' | 'number' | 'text';

const ORDERS: Readonly<Record<SortKind, readonly [first: string, last: string]>> = {
  day: ['earliest first', 'latest first'],
  number: ['smallest first', 'largest first'],
  text: ['A to Z', 'Z to A'],
};

export interface SortedHeading {
  readonly label: string;
  readonly isNumeric: boolean;
  /** Where the link leads. */
  readonly href: string;
  readonly aria: 'none' | 'ascending' | 'descending';
}

export interface SortableColumn {
  readonly name: string;
  readonly label: string;
  readonly isNumeric?: boolean;
}

/** A second press turns the order round. */
export const headingOf = (
  { name, label, isNumeric = false }: SortableColumn,
  sorting: Sorting | undefined,
  hrefFor: (sort: string) => string,
): SortedHeading => {
  const isBy = sorting?.by === name;
  const aria = sorting?.isDescending ? 'descending' : 'ascending';
  const href = hrefFor(sortingText({ by: name, isDescending: isBy && !sorting.isDescending }));
  return { label, isNumeric, href, aria: isBy ? aria : 'none' };
};

export interface SortedSaid {
  /** Of the column. */
  readonly label: string;
  readonly kind: SortKind;
  readonly isDescending: boolean;
  readonly rows: number;
  /** Whether there are pages before or after. */
  readonly goesOn: boolean;
}

/** What is sorted, and which way; where the list goes on, that it is this page alone. */
export const sortedSays = ({ label, kind, isDescending, rows, goesOn }: SortedSaid): string => {
  const by = `sorted by ${label.charAt(0).toLowerCase()}${label.slice(1)}, ${ORDERS[kind][isDescending ? 1 : 0]}`;
  if (!goesOn) return `The list is ${by}.`;
  const which = rows === 1 ? 'row' : `${rows} rows`;
  return `Only the ${which} of this page are ${by}: other pages hold more of the list. Filters make it short enough to be sorted as a whole.`;
};

/** A column of a table whose rows the page makes itself. */
export interface SortedColumn<Row> extends SortableColumn {
  readonly kind: SortKind;
  readonly keyOf: (row: Row) => SortKey;
}

export interface SortAsked {
  /** As the address says it. */
  readonly sort: string;
  readonly goesOn: boolean;
  readonly hrefFor: (sort?: string) => string;
}

export interface SortedPage<Row> {
  readonly rows: readonly Row[];
  readonly headings: readonly SortedHeading[];
  /** What is sorted, in words; undefined where the rows stand in the list's own order. */
  readonly sorted?: string;
  /** The way back to that. */
  readonly own: string;
}

export const sortedPage = <Row>(
  rows: readonly Row[],
  columns: readonly SortedColumn<Row>[],
  { sort, goesOn, hrefFor }: SortAsked,
): SortedPage<Row> => {
  const names = columns.map(({ name }) => name);
  const sorting = sortingIn(sort, names);
  const by = columns.find(({ name }) => name === sorting?.by);
  const headings = columns.map((column) => headingOf(column, sorting, hrefFor));
  if (sorting === undefined || by === undefined) return { rows, headings, own: hrefFor() };
  const { label, kind } = by;
  return {
    rows: sorted(rows, by.keyOf, sorting),
    ...{ headings, own: hrefFor() },
    sorted: sortedSays({ label, kind, isDescending: sorting.isDescending, rows: rows.length, goesOn }),
  };
};
