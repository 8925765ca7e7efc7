// What an agency's own records lack, counted: by rule, by what should be known, and what it has not answered. Pure; nobody is named.

export interface OwnIssue {
  readonly severity: string;
  readonly says: string;
  readonly advice: string;
  readonly position: string | null;
  readonly since: string;
  readonly overdue: boolean;
  /** The data manager asked about it. */
  readonly askedOn: string | null;
}

export interface IssueGroup {
  readonly says: string;
  readonly advice: string;
  readonly blocks: boolean;
  readonly count: number;
  readonly overdue: number;
  readonly oldest: string;
  /** Of how many the data manager asked, and when last. */
  readonly asked: number;
  readonly askedLast: string | undefined;
  /** Of the events concerned in the record, some of them. */
  readonly positions: readonly string[];
}

const FEW = 10;

/** What blocks figures stands first, then by how many there are. */
export const issueGroups = (issues: readonly OwnIssue[]): readonly IssueGroup[] =>
  [...Map.groupBy(issues, ({ says }) => says).values()]
    .flatMap((some) => (some[0] === undefined ? [] : [groupOf(some[0], some)]))
    .toSorted((one, other) => Number(other.blocks) - Number(one.blocks) || other.count - one.count);

const groupOf = ({ says, advice, severity }: OwnIssue, some: readonly OwnIssue[]): IssueGroup => ({
  ...{ says, advice, blocks: severity === 'blocks', count: some.length },
  overdue: some.filter(({ overdue }) => overdue).length,
  oldest: some.map(({ since }) => since).toSorted()[0] ?? '',
  ...askedAmong(some.flatMap(({ askedOn }) => askedOn ?? [])),
  positions: some.flatMap(({ position }) => position ?? []).slice(0, FEW),
});

const askedAmong = (days: readonly string[]): Pick<IssueGroup, 'asked' | 'askedLast'> => ({
  asked: days.length,
  askedLast: days.toSorted().at(-1),
});

export interface Measured {
  readonly measure: string;
  readonly have: number;
  readonly of: number;
}

const MEASURES: Readonly<Record<string, string>> = {
  uln: 'Learners with a ULN',
  postcode: 'Learners with a postcode',
  'date-of-birth': 'Learners with a date of birth',
  review: 'Programmes of which a review was held',
  destination: 'Learners with a destination that still counts',
};

export interface MeasureLine {
  readonly name: string;
  readonly have: number;
  readonly of: number;
}

export const measureLines = (rows: readonly Measured[]): readonly MeasureLine[] =>
  rows.map(({ measure, have, of }) => ({ name: MEASURES[measure] ?? measure.replaceAll('-', ' '), have, of }));

export interface OpenNotice {
  readonly due: string;
}

export interface NoticesCounted {
  readonly count: number;
  readonly overdue: number;
  readonly next: string | undefined;
}

export const noticesCounted = (notices: readonly OpenNotice[], today: string): NoticesCounted => ({
  count: notices.length,
  overdue: notices.filter(({ due }) => due < today).length,
  next: notices.map(({ due }) => due).toSorted()[0],
});
