// Pages across learners for data protection officers: consents and withdrawals, each learner on a page recorded before it is told; and how
// today stands, in numbers that name nobody (ADR 52).
import type { FactoryProvider } from '@nestjs/common';
import { type OfficeAsker, agencyOfOffice, recordedAs } from '#access';
import { Query } from '#bus';
import { handling } from '#bus/nest';
import {
  type AuditedConsent,
  type ConsentRow,
  Gate,
  Oversight,
  PageCursors,
  type PageShown,
  type Propose,
  Registers,
  type UsesOf,
  type WithdrawalProposed,
  type WithdrawalRow,
} from '#disclosure';
import { addDays, type AgencySlug, type Clock, type IsoDate, londonDate, londonDayStart, type Position } from '#kernel';
import {
  type AccessRule,
  consentsSince,
  consentUses,
  listNotices,
  proposeConsents,
  proposeThreads,
  refusalsSince,
  type ViewReader,
} from '#read-models';
import type { ProtocolVersion } from '#sharing-protocols';
import { type ConsentFilters, isConsentAskedFor } from './consent-filters.ts';
import type { AskedPage, CursorUnknown } from './egress.handlers.ts';
import { ACCESS_RULES_OFF, CLOCK, HEAD, type Head, VIEWS } from './egress.tokens.ts';
import type { NotAsked } from './oversight.handlers.ts';

export interface PageAsked {
  readonly asker: OfficeAsker;
  readonly page: AskedPage;
}

export interface RowsShown<Row> {
  readonly outcome: 'answered';
  readonly rows: readonly Row[];
  readonly next?: string;
  readonly position: Position;
}

export type Rows<Row> = RowsShown<Row> | NotAsked | CursorUnknown;

export class AskForConsents extends Query<PageAsked & { readonly filters: ConsentFilters }, Rows<ConsentRow>> {}
export class AskForWithdrawals extends Query<PageAsked, Rows<WithdrawalRow>> {}

export interface ProtocolToReview {
  readonly protocol: string;
  readonly version: number;
  readonly status: ProtocolVersion['status'];
  readonly due: IsoDate;
}

export interface AuditSummary {
  readonly at: IsoDate;
  readonly notices: { readonly open: number; readonly overdue: number; readonly oldestDue?: IsoDate };
  /** In the last seven days. */
  readonly withdrawals: number;
  readonly refusals: { readonly refused: number; readonly more: boolean };
  /** Of learners, to be answered; at most 1,000 are counted. `due`: the earliest day of what comes next. */
  readonly questions: { readonly open: number; readonly overdue: number; readonly due?: IsoDate };
  /** Due within eight weeks, or overdue. */
  readonly protocols: readonly ProtocolToReview[];
  readonly log: { readonly position: Position; readonly viewPosition: Position };
}

export type SummaryShown = { readonly outcome: 'answered'; readonly told: AuditSummary; readonly position: Position } | NotAsked;

export class AskForAuditSummary extends Query<{ readonly asker: OfficeAsker }, SummaryShown> {}

export interface Listing {
  readonly gate: Gate;
  readonly oversight: Oversight;
  readonly cursors: PageCursors;
  readonly registers: Registers;
  readonly views: ViewReader;
  readonly clock: Clock;
  readonly head: Head;
  /** Rules about unusual access that are not asked. */
  readonly off: readonly AccessRule[];
}

export const LISTING = Symbol('OversightLists');

const listing: FactoryProvider<Listing> = {
  provide: LISTING,
  inject: [Gate, Oversight, PageCursors, Registers, VIEWS, CLOCK, HEAD, ACCESS_RULES_OFF],
  useFactory: (
    ...[gate, oversight, cursors, registers, views, clock, head, off]: readonly [
      Gate,
      Oversight,
      PageCursors,
      Registers,
      ViewReader,
      Clock,
      Head,
      readonly AccessRule[],
    ]
  ) => ({ gate, oversight, cursors, registers, views, clock, head, off }),
};

const ownOf = ({ office }: OfficeAsker): AgencySlug | undefined => agencyOfOffice(office);

/** An officer of one agency is told of learners alone with whom the agency has to do. */
const proposing = (
  { views }: Listing,
  kind: 'begun' | 'withdrawn',
  more: { knownTo?: AgencySlug; source?: AgencySlug },
): Propose<WithdrawalProposed> => {
  return async (before, limit) => {
    const place = before === Infinity ? {} : { before };
    return (await proposeConsents(views, { kind, ...more, ...place, limit })).rows;
  };
};

export interface Paged<Row> extends PageAsked {
  /** All that was asked beside the page. */
  readonly question: string;
  readonly read: (from: { readonly place: Position; readonly limit: number }) => Promise<PageShown<Row>>;
}

export const paged = async <Row>({ cursors }: Listing, { asker, page, question, read }: Paged<Row>): Promise<Rows<Row>> => {
  const of = { agency: recordedAs(asker), asked: question };
  const place = page.cursor === undefined ? undefined : await cursors.listPlaceOf(of, page.cursor);
  if (page.cursor !== undefined && place === undefined) return { outcome: 'cursor-unknown' };
  const answer = await read({ place: place === undefined ? Infinity : Number(place), limit: page.limit });
  if (answer.outcome !== 'answered') return answer;
  const { rows, next, position } = answer;
  return { outcome: 'answered', rows, position, ...(next !== undefined && { next: await cursors.ofList(of, String(next)) }) };
};

const knownTo = (asker: OfficeAsker): { knownTo?: AgencySlug } => {
  const own = ownOf(asker);
  return own === undefined ? {} : { knownTo: own };
};

const consents = (
  parts: Listing,
  { asker, page, filters }: PageAsked & { readonly filters: ConsentFilters },
): Promise<Rows<ConsentRow>> => {
  const { oversight, registers, clock } = parts;
  const inForce = registers.inForce(londonDate(clock.now()));
  const rolesOf = (agency: AgencySlug): readonly string[] => inForce.agency(agency)?.roles ?? [];
  // Few are withdrawn: those are found by their withdrawals, which another agency may have recorded.
  const by = filters.status === 'withdrawn' ? 'withdrawn' : 'begun';
  const source = filters.capturedBy === undefined || by === 'withdrawn' ? {} : { source: filters.capturedBy };
  const propose = proposing(parts, by, { ...knownTo(asker), ...source });
  const isWanted = (consent: AuditedConsent): boolean => isConsentAskedFor(consent, filters, rolesOf);
  const parameters = { ...filters, limit: page.limit };
  return paged(parts, {
    asker,
    page,
    question: `audit consents ${JSON.stringify(filters)}`,
    read: (from) => oversight.consents({ ...from, asker, parameters, propose, by, isWanted, usesOf: usesIn(parts) }),
  });
};

const usesIn =
  ({ views }: Pick<Listing, 'views'>): UsesOf =>
  (learner) =>
    consentUses(views, learner);

const withdrawals = (parts: Listing, { asker, page }: PageAsked): Promise<Rows<WithdrawalRow>> => {
  const propose = proposing(parts, 'withdrawn', knownTo(asker));
  const asked = { asker, parameters: { limit: page.limit }, propose, usesOf: usesIn(parts) };
  const read: Paged<WithdrawalRow>['read'] = (from) => parts.oversight.withdrawals({ ...from, ...asked });
  return paged(parts, { asker, page, question: 'audit withdrawals', read });
};

const WEEK = 7;
const REVIEW_AHEAD = 56;
const MOST_COUNTED = 1_000;

const summary = async (parts: Listing, { asker }: { readonly asker: OfficeAsker }): Promise<SummaryShown> =>
  parts.gate.look({ asker, asked: 'audit-summary', parameters: {} }, () => summaryNow(parts, asker));

const summaryNow = async (parts: Listing, asker: OfficeAsker): Promise<AuditSummary> => {
  const { views, oversight, registers, clock, head } = parts;
  const own = ownOf(asker);
  const today = londonDate(clock.now());
  const since = londonDayStart(addDays(today, -WEEK));
  const notices = await listNotices(views, { today, states: ['open', 'overdue'], ...(own !== undefined && { recipient: own }) });
  const overdue = notices.rows.filter(({ state }) => state === 'overdue');
  const [oldestDue] = overdue.map(({ due }) => due).sort();
  const recent = await consentsSince(views, { kind: 'withdrawn', since, most: MOST_COUNTED, ...(own !== undefined && { source: own }) });
  return {
    at: today,
    notices: { open: notices.rows.length - overdue.length, overdue: overdue.length, ...(oldestDue !== undefined && { oldestDue }) },
    withdrawals: await oversight.effectiveAmong(recent.rows),
    refusals: await refusalsSince(views, { since, ...(own !== undefined && { recipient: own }) }),
    questions: await questionsOpen(parts, asker),
    protocols: toReview(registers.agreements(today), { own, until: addDays(today, REVIEW_AHEAD) }),
    log: { position: await head(), viewPosition: Math.min(notices.position, recent.position) },
  };
};

const questionsOpen = async ({ views, oversight }: Listing, asker: OfficeAsker): Promise<AuditSummary['questions']> => {
  const own = ownOf(asker);
  const { rows } = await proposeThreads(views, { open: true, limit: MOST_COUNTED, ...(own !== undefined && { about: own }) });
  const waiting = (await oversight.questionsAmong(asker, rows)).filter(({ state }) => state !== 'answered');
  const [due] = waiting.flatMap((thread) => thread.due ?? []).sort();
  return { open: waiting.length, overdue: waiting.filter(({ overdue }) => overdue).length, ...(due !== undefined && { due }) };
};

const REVIEWED: readonly ProtocolVersion['status'][] = ['in-force', 'review-overdue', 'stopped-for-review'];

/** Of an agency those that it signed. */
const toReview = (
  agreements: readonly ProtocolVersion[],
  { own, until }: { readonly own: AgencySlug | undefined; readonly until: IsoDate },
): readonly ProtocolToReview[] =>
  agreements
    .filter(({ status, reviewDue, signatures }) => {
      const isTheirs = own === undefined || signatures.some(({ agency }) => agency === own);
      return isTheirs && REVIEWED.includes(status) && reviewDue <= until;
    })
    .map(({ document: { id, version }, status, reviewDue: due }) => ({ protocol: id, version, status, due }))
    .sort((one, other) => one.due.localeCompare(other.due));

export const oversightListHandlers = [
  listing,
  handling(AskForConsents, LISTING, consents),
  handling(AskForWithdrawals, LISTING, withdrawals),
  handling(AskForAuditSummary, LISTING, summary),
];
