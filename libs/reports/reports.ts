// What was verified, published and waived, as the stream `reports` tells it. Pure.
import type { Instant, Position } from '#kernel';
import { type Closing, type Month, openAt } from './closing.ts';
import type {
  Counts,
  IssueNamed,
  IssueRaised,
  IssueWaived,
  ReportEvent,
  ReportNamed,
  ReportReleased,
  ReportVerified,
} from './reports.events.ts';

export interface Report extends ReportNamed {
  readonly status: 'verified' | 'published';
  readonly closedAt: Instant;
  readonly counts: Counts;
}

export interface Published extends Report {
  readonly status: 'published';
  readonly publishedAt: Instant;
  /** Of the release in the log: what was taken back before it was in no list. */
  readonly position: Position;
  readonly leftOut: ReadonlySet<Position>;
}

type Held = (Report & { readonly status: 'verified' }) | Published;

export interface ReportsState {
  readonly reports: ReadonlyMap<string, Held>;
  readonly waived: ReadonlyMap<string, IssueWaived>;
  /** When the agency was asked last. */
  readonly raised: ReadonlyMap<string, IssueRaised>;
}

export const initialReports: ReportsState = { reports: new Map(), waived: new Map(), raised: new Map() };

const nameOf = ({ table, period }: ReportNamed): string => `${table} ${period}`;
const issueName = ({ rule, position }: IssueNamed): string => `${position} ${rule}`;

/** Undefined: nobody has looked at it yet. */
export const reportIn = ({ reports }: ReportsState, named: ReportNamed): Held | undefined => reports.get(nameOf(named));

export const waiverIn = ({ waived }: ReportsState, named: IssueNamed): IssueWaived | undefined => waived.get(issueName(named));

export const raisedIn = ({ raised }: ReportsState, named: IssueNamed): IssueRaised | undefined => raised.get(issueName(named));

const verified = ({ table, period, closedAt, counts }: ReportVerified): Held => ({ table, period, closedAt, counts, status: 'verified' });

const published = ({ leftOut, at, ...report }: ReportReleased, position: Position): Held => ({
  ...report,
  status: 'published',
  publishedAt: at,
  position,
  leftOut: new Set(leftOut),
});

/** `position`: of the event in the log. */
export const evolveReports = (state: ReportsState, { type, data }: ReportEvent, position: Position): ReportsState => {
  switch (type) {
    case 'uk.concordat.report.verified.v1':
      return { ...state, reports: new Map(state.reports).set(nameOf(data), verified(data)) };
    case 'uk.concordat.report.released.v1':
      return { ...state, reports: new Map(state.reports).set(nameOf(data), published(data, position)) };
    case 'uk.concordat.issue.waived.v1':
      return { ...state, waived: new Map(state.waived).set(issueName(data), data) };
    case 'uk.concordat.issue.raised.v1':
      return { ...state, raised: new Map(state.raised).set(issueName(data), data) };
  }
};

/** What is known of the periods of one list. */
export interface Periods {
  /** When a period's list closed or closes. What was published has closed, whatever is set since. */
  readonly closes: Closing;
  published(period: string): Published | undefined;
  /** As every page of the list says it. */
  statusOf(period: string): 'open' | Report['status'];
  /** Of what was left out of a list and waived since: in which list it stands instead, as late. Undefined: in its own. */
  laterListOf(position: Position): Month | undefined;
  /** Positions of all that stand in that one instead. */
  letInto(period: Month): readonly Position[];
  /** Undefined: nobody has looked at it yet. */
  counts(period: string): Counts | undefined;
}

/** When a finding about the event was first waived after that. */
const firstWaived = ({ waived }: ReportsState, position: Position, after: Instant): Instant | undefined => {
  const since = [...waived.values()].filter((one) => one.position === position && one.at > after).map(({ at }) => at);
  return since.length === 0 ? undefined : Math.min(...since);
};

/** The list that was open then: from there it is not moved by another waiver, unless it was left out again. */
const laterLists = (state: ReportsState, table: string, closes: Closing): ReadonlyMap<Position, Month> => {
  const published = [...state.reports.values()].filter(
    (report): report is Published => report.table === table && report.status === 'published',
  );
  const later = published.flatMap(({ leftOut, publishedAt }) =>
    [...leftOut].flatMap((position) => {
      const at = firstWaived(state, position, publishedAt);
      return at === undefined ? [] : [[position, openAt(at, closes)] as const];
    }),
  );
  return new Map(later.toSorted(([, one], [, other]) => (one < other ? -1 : 1)));
};

export const periodsOf = (state: ReportsState, table: string, rule: Closing): Periods => {
  const held = (period: string): Held | undefined => reportIn(state, { table, period });
  const publishedIn = (period: string): Published | undefined => {
    const report = held(period);
    return report?.status === 'published' ? report : undefined;
  };
  const closes = (period: string): Instant => publishedIn(period)?.closedAt ?? rule(period);
  const later = laterLists(state, table, closes);
  return {
    closes,
    laterListOf: (position) => later.get(position),
    letInto: (period) => [...later].flatMap(([position, month]) => (month === period ? [position] : [])),
    published: publishedIn,
    statusOf: (period) => held(period)?.status ?? 'open',
    counts: (period) => held(period)?.counts,
  };
};
