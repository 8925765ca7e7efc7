// Lists that close are looked at before they are handed round: by the data manager, through the gate as everybody looks (ADR 46).
import type { FactoryProvider } from '@nestjs/common';
import type { Asker } from '#access';
import { handling } from '#bus/nest';
import { type Clock, londonDate, type Position } from '#kernel';
import { allLists, type Chosen, countedBy, dayIn, isOfThings, type List } from '#read-models';
import { type Counts, monthBefore, type ReportNamed, ReportRegister } from '#reports';
import { AskingLists } from './asking-lists.service.ts';
import { CLOCK, HEAD, type Head } from './egress.tokens.ts';
import { asFarAs, ViewBehind } from './fresh-views.ts';
import type { From, ShownRow } from './list-rows.ts';
import {
  AskAgencyAboutIssue,
  type IssueAsked,
  type IssueLetStand,
  type IssueShown,
  type IssueToAskAbout,
  type IssueToWaive,
  ReleaseReport,
  type ReportRefused,
  type ReportSeen,
  VerifyReport,
  WaiveIssue,
} from './report-question.ts';

interface Desk {
  readonly lists: AskingLists;
  readonly reports: ReportRegister;
  readonly clock: Clock;
  readonly head: Head;
}

const DESK = Symbol('Desk');

const desk: FactoryProvider<Desk> = {
  provide: DESK,
  inject: [AskingLists, ReportRegister, CLOCK, HEAD],
  useFactory: (...[lists, reports, clock, head]: readonly [AskingLists, ReportRegister, Clock, Head]) => ({ lists, reports, clock, head }),
};

const PURPOSES = ['assure-data-quality'];
const PAGE = 200;

/** Views are a moment behind the log; whoever releases waits for them a little. */
const PATIENCE_MS = 10_000;

interface RowsAsked {
  readonly list: List;
  readonly asker: Asker;
  readonly chosen: Chosen;
  readonly minPosition: Position;
}

/** Every row, each decided and recorded. Rejects with `ViewBehind`. */
const everyRow = async ({ lists, clock }: Desk, { list, asker, chosen, minPosition }: RowsAsked): Promise<readonly ShownRow[]> => {
  const now = clock.now();
  const asked = { purposes: PURPOSES, on: londonDate(now), chosen, limit: PAGE, now };
  const found: ShownRow[] = [];
  for (let from: From = {}; ;) {
    const begins = from;
    const page = await asFarAs(minPosition, () => lists.gather({ list, asker, asked }, begins), PATIENCE_MS);
    found.push(...page.rows);
    if (page.after === undefined) return found;
    from = { after: page.after, ...(page.isRanked && { isRanked: true }) };
  }
};

const listNamed = (name: string): List | undefined => allLists.find((list): list is List => !isOfThings(list) && list.name === name);

/** Undefined: it does not close. */
const closingList = ({
  table,
  period,
}: ReportNamed): { readonly list: List; readonly counted: string; readonly chosen: Chosen } | undefined => {
  const list = listNamed(table);
  const isMonth = dayIn(`${period}-01`) !== undefined;
  return list?.closing && isMonth ? { list, counted: list.closing.counted, chosen: { [list.closing.period]: period } } : undefined;
};

interface LookedAt {
  readonly counts: (leftOut: ReadonlySet<Position>) => Counts;
  readonly positions: ReadonlySet<Position>;
  readonly issues: readonly IssueShown[];
}

const issueShown = ({ row, learner = '' }: ShownRow): IssueShown => ({ learner, ...row });

/** What stands in the list, and the open findings about any of it. */
const lookAt = async (
  parts: Desk,
  asker: Asker,
  { list, counted, chosen }: NonNullable<ReturnType<typeof closingList>>,
): Promise<LookedAt> => {
  const minPosition = await parts.head();
  const rows = await everyRow(parts, { list, asker, chosen, minPosition });
  const positions = new Set(rows.flatMap(({ position }) => position ?? []));
  const found = await openIssues(parts, { asker, chosen: {}, minPosition });
  return {
    positions,
    issues: found.filter((issue) => positions.has(Number(issue['position']))),
    counts: (leftOut) => {
      const told = rows.filter(({ position = 0 }) => !leftOut.has(position));
      return countedBy(told, ({ row }) => String(row[counted]));
    },
  };
};

const openIssues = async (parts: Desk, asked: Omit<RowsAsked, 'list'>): Promise<readonly IssueShown[]> => {
  const list = listNamed('data-quality/issues');
  const rows = list ? await everyRow(parts, { ...asked, list, chosen: { ...asked.chosen, state: 'open' } }) : [];
  return rows.toSorted((one, other) => list?.order(one.row, other.row, asked.chosen) ?? 0).map(issueShown);
};

const isDataManager = (asker: Asker): boolean => 'office' in asker && asker.office === 'data-manager';

type Recorded = Awaited<ReturnType<ReportRegister['verify']>>;

const seenAs = async (
  { reports }: Desk,
  named: ReportNamed,
  recorded: Recorded,
  seen: Pick<ReportSeen, 'outcome' | 'counts' | 'issues' | 'excluded'>,
): Promise<ReportSeen | ReportRefused> => {
  if (!recorded.ok) return { outcome: recorded.error.code, says: recorded.error.says };
  const periods = await reports.periodsOf(named.table);
  const previous = periods.counts(monthBefore(named.period));
  const { table, period } = named;
  const [position = 0] = recorded.value;
  return { table, period, ...seen, closedAt: periods.closes(period), position, ...(previous && { previous }) };
};

const namedIn = ({ table, period }: ReportNamed): ReportNamed => ({ table, period });

const orBehind = async <Told>(work: () => Promise<Told>): Promise<Told | ReportRefused> => {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof ViewBehind) return { outcome: 'behind' };
    throw cause;
  }
};

type OfReport = { readonly asker: Asker } & ReportNamed;

const NOT_CLOSED: ReportRefused = { outcome: 'not-closed', says: 'It has not closed: ask again after that.' };
const PUBLISHED: ReportRefused = { outcome: 'already-published', says: 'It is published, and what is published never changes.' };

/** What cannot be is refused before anybody is looked at. */
const seenBy = async (parts: Desk, { asker, table, period }: OfReport): Promise<LookedAt | ReportRefused> => {
  if (!isDataManager(asker)) return { outcome: 'not-permitted' };
  const closing = closingList({ table, period });
  if (closing === undefined) return { outcome: 'no-such-report' };
  const periods = await parts.reports.periodsOf(table);
  if (periods.published(period)) return PUBLISHED;
  return parts.clock.now() < periods.closes(period) ? NOT_CLOSED : lookAt(parts, asker, closing);
};

const verify = async (parts: Desk, asked: OfReport): Promise<ReportSeen | ReportRefused> => {
  const seen = await seenBy(parts, asked);
  if ('outcome' in seen) return seen;
  const counts = seen.counts(new Set());
  const recorded = await parts.reports.verify(namedIn(asked), counts);
  return seenAs(parts, asked, recorded, { outcome: 'verified', counts, issues: seen.issues, excluded: 0 });
};

type ToRelease = OfReport & { readonly leaveOut: readonly Position[] };

const release = async (parts: Desk, asked: ToRelease): Promise<ReportSeen | ReportRefused> => {
  const seen = await seenBy(parts, asked);
  if ('outcome' in seen) return seen;
  const leftOut = new Set(asked.leaveOut);
  if (asked.leaveOut.some((position) => !seen.positions.has(position))) return { outcome: 'no-such-position' };
  const issues = seen.issues.filter((issue) => !leftOut.has(Number(issue['position'])));
  const blocked = issues.filter((issue) => issue['severity'] === 'blocks');
  if (blocked.length > 0) return { outcome: 'blocked', issues: blocked };
  const counts = seen.counts(leftOut);
  const recorded = await parts.reports.release(namedIn(asked), { counts, leftOut: [...leftOut].sort((one, other) => one - other) });
  return seenAs(parts, asked, recorded, { outcome: 'published', counts, issues, excluded: leftOut.size });
};

/** A finding that stands, and no other: nothing is waived, and nobody asked about it, before it is found. */
const refusalOf = async (parts: Desk, { asker, position, rule }: IssueToAskAbout): Promise<ReportRefused | undefined> => {
  if (!isDataManager(asker)) return { outcome: 'not-permitted' };
  const found = await openIssues(parts, { asker, chosen: { rule }, minPosition: await parts.head() });
  return found.some((issue) => issue['position'] === String(position)) ? undefined : { outcome: 'no-such-issue' };
};

const placeOf = (recorded: Recorded): { readonly position?: Position } => {
  const [position] = recorded.ok ? recorded.value : [];
  return position === undefined ? {} : { position };
};

const waive = async (parts: Desk, asked: IssueToWaive): Promise<IssueLetStand | ReportRefused> =>
  (await refusalOf(parts, asked)) ?? { outcome: 'waived', ...placeOf(await parts.reports.waive(asked, asked.reason)) };

const askAgency = async (parts: Desk, asked: IssueToAskAbout): Promise<IssueAsked | ReportRefused> =>
  (await refusalOf(parts, asked)) ?? { outcome: 'asked', ...placeOf(await parts.reports.raise(asked)) };

export const reportHandlers = [
  desk,
  handling(VerifyReport, DESK, (parts: Desk, asked) => orBehind(() => verify(parts, asked))),
  handling(ReleaseReport, DESK, (parts: Desk, asked) => orBehind(() => release(parts, asked))),
  handling(AskAgencyAboutIssue, DESK, (parts: Desk, asked) => orBehind(() => askAgency(parts, asked))),
  handling(WaiveIssue, DESK, (parts: Desk, asked) => orBehind(() => waive(parts, asked))),
];
