// The data manager's queue, oldest first.
import type { AgencySlug, Instant, IsoDate, LearnerId, Position, Revision } from '#kernel';
import { conflictId, learnersOfMatch, MATCH_OUTCOMES, matchId, UNDER_NUMBER_ALONE, waitingId } from '#learner-file';
import type { Found, RowOf, ViewReader } from '../engine/index.ts';
import { type Place, workingDaysAfter } from '../lists/index.ts';
import { type DataQualityKind, dataQuality, decided, decisions, queue } from './data-quality.view.ts';

export const MATCH_STATES = ['open', ...MATCH_OUTCOMES] as const;
export type MatchState = (typeof MATCH_STATES)[number];
/** What can be asked for: `decided` is whatever is not open. */
export const MATCH_STATES_ASKED = [...MATCH_STATES, 'decided'] as const;
export type MatchStateAsked = (typeof MATCH_STATES_ASKED)[number];

export interface DataQualityEntry {
  /** Names it to whoever decides. */
  readonly match: string;
  readonly kind: DataQualityKind;
  readonly state: MatchState;
  readonly learners: readonly LearnerId[];
  /** Whose contribution brought it about, of a number the latest; absent for possible matches. */
  readonly agency?: AgencySlug;
  /** Of an assessment recorded apart: the agency whose one stands beside it. */
  readonly beside?: AgencySlug;
  /** Of identifiers in conflict: which of the agency's own, where that was noted. */
  readonly identifier?: string;
  /** Of what waits: the type of event. */
  readonly type?: string;
  /** Of two who are one, told of with two numbers: in whose record the right one is. */
  readonly right?: LearnerId;
  /** Of the event that opened it. */
  readonly position: Position;
  readonly openedAt: Instant;
  /** Of what the data manager decided about it, the first first: where it stands in the log. */
  readonly decisions: readonly Position[];
}

export interface DataQualityPage {
  /** Entries with a greater position. */
  readonly after?: Position;
  readonly kind?: DataQualityKind;
  readonly limit: number;
}

const ALL = 100_000;

/** Entries that one event opened come together: a page may hold more than its limit. */
export const listDataQuality = async (views: ViewReader, { after = 0, kind, limit }: DataQualityPage): Promise<Found<DataQualityEntry>> => {
  const where = kind === undefined ? {} : { kind };
  const { position, rows } = await views.rows(dataQuality, queue, { where, order: 'position', after, limit });
  const last = rows.length < limit ? undefined : rows.at(-1)?.position;
  const entryOf = entryWith(await decisionsIn(views));
  if (last === undefined) return { position, rows: rows.map(entryOf) };
  const together = await views.rows(dataQuality, queue, { where: { ...where, position: last }, order: 'learners', limit: ALL });
  return { position, rows: [...rows.filter((row) => row.position !== last), ...together.rows].map(entryOf) };
};

export interface OfAgency {
  readonly agency: AgencySlug;
  readonly kind: DataQualityKind;
  /** Those that were opened since, and behind that place. */
  readonly since?: Instant;
  readonly after?: Place;
  readonly limit: number;
}

/** Something of an agency's own that waits, or that was decided. */
export interface OwnEntry {
  readonly entry: DataQualityEntry;
  /** Of what waits its revision in the learner's stream. */
  readonly finding: Revision;
  readonly place: Place;
}

/** By position. */
export const queuedOf = async (views: ViewReader, { agency, kind, since, after, limit }: OfAgency): Promise<Found<OwnEntry>> => {
  const order = ['position', 'learners', 'finding'] as const;
  const where = { where: { kind, agency }, ...(since !== undefined && { between: { opened_at: { from: since } } }) };
  const { position, rows } = await views.rows(dataQuality, queue, { ...where, order, ...(after && { after }), limit });
  const entryOf = entryWith(await decisionsIn(views));
  return {
    position,
    rows: rows.map((row) => ({ entry: entryOf(row), finding: row.finding, place: [row.position, row.learners, row.finding] })),
  };
};

/** Whether something that has stood since one day is older than so many working days on another. */
export const isOlderThanWorkingDays = (since: IsoDate, on: IsoDate, days: number): boolean => workingDaysAfter(since, days) < on;

/** Whether the queue holds what is named so. */
export const isInQueue = async (views: ViewReader, match: string): Promise<boolean> =>
  (await listDataQuality(views, { limit: ALL })).rows.some((entry) => entry.match === match);

type Decision = RowOf<typeof decisions>;
type Opened = Pick<DataQualityEntry, 'match' | 'kind' | 'learners' | 'agency' | 'position'>;

interface Decided {
  readonly last: ReadonlyMap<string, Decision>;
  readonly places: ReadonlyMap<string, readonly Position[]>;
  /** Of decisions on the identifiers of a learner whosever they were: whose alone were in conflict then. */
  readonly whose: ReadonlyMap<string, AgencySlug>;
}

/** A few hundred a year. */
const decisionsIn = async (views: ViewReader): Promise<Decided> => {
  const { rows } = await views.rows(dataQuality, decisions, { order: 'pair', limit: ALL });
  const placed = await views.rows(dataQuality, decided, { order: 'position', limit: ALL });
  const byPair = Map.groupBy(placed.rows, ({ pair }) => pair);
  const places = new Map([...byPair].map(([pair, some]) => [pair, some.map(({ position }) => position)]));
  const whose = await Promise.all([...places].map(([pair, some]) => whoseAlone(views, pair, some.at(-1) ?? 0)));
  return { last: new Map(rows.map((decision) => [decision.pair, decision])), places, whose: new Map(whose.flat()) };
};

/** Nothing where a decision was of more than one learner, or names an agency. */
const whoseAlone = async (views: ViewReader, pair: string, at: Position): Promise<readonly (readonly [string, AgencySlug])[]> => {
  const [learner, ...more] = learnersOfMatch(pair) ?? [];
  if (learner === undefined || more.length > 0 || pair !== matchId('link-conflict', [learner])) return [];
  const where = { kind: 'link-conflict', learners: JSON.stringify([learner]) };
  const { rows } = await views.rows(dataQuality, queue, { where, order: 'finding', limit: ALL });
  const [agency, ...others] = new Set(rows.flatMap((row) => (row.position < at && row.agency !== null ? [row.agency] : [])));
  return agency === undefined || others.length > 0 ? [] : [[pair, agency]];
};

interface DecidedOf {
  readonly decision?: Decision | undefined;
  readonly decisions: readonly Position[];
}

/** Identifiers of one learner that are found in conflict once more are to be decided once more. */
const decidedOf = (finding: Opened, { last, places, whose }: Decided): DecidedOf => {
  const { kind, learners, position } = finding;
  const keys = keysOf(finding, whose);
  const decisions = keys.flatMap((key) => places.get(key) ?? []);
  if (kind === 'link-conflict' && learners.length === 1 && (decisions.at(-1) ?? 0) < position) return { decisions };
  return { decision: keys.map((key) => last.get(key)).findLast((one) => one !== undefined), decisions };
};

/** By which decisions about it are kept, the oldest first: of two whatever was found of them. */
const keysOf = ({ match, kind, learners, agency }: Opened, whose: Decided['whose']): readonly string[] => {
  if (learners.length > 1) return [JSON.stringify(learners.toSorted())];
  const unnamed = kind === 'link-conflict' ? matchId(kind, learners) : match;
  return unnamed !== match && whose.get(unnamed) === agency ? [unnamed, match] : [match];
};

/** What names a finding to whoever decides. */
const matchOf = (kind: DataQualityKind, learners: readonly LearnerId[], { finding, agency, identifier }: RowOf<typeof queue>): string => {
  const [learner = '', ...others] = learners;
  if (kind === UNDER_NUMBER_ALONE) return waitingId({ learner, revision: finding });
  const isOfOne = kind === 'link-conflict' && others.length === 0 && agency !== null;
  return isOfOne ? conflictId(learner, { agency, ...(identifier !== null && { identifier }) }) : matchId(kind, learners);
};

type Noted = Pick<DataQualityEntry, 'agency' | 'beside' | 'identifier' | 'type' | 'right'>;

/** What was noted of a finding, and nothing of what was not. */
const notedIn = (noted: { readonly [Name in keyof Noted]-?: string | null }): Noted =>
  Object.fromEntries(Object.entries(noted).filter(([, value]) => value !== null));

const entryWith =
  (decided: Decided) =>
  (row: RowOf<typeof queue>): DataQualityEntry => {
    const { learners, agency, beside, identifier, type, position, opened_at: openedAt } = row;
    const about = JSON.parse(learners) as LearnerId[];
    const kind = row.kind as DataQualityKind;
    const match = matchOf(kind, about, row);
    const opened = { match, kind, learners: about, position, ...(agency !== null && { agency }) };
    const { decision: { outcome = 'open', right = null } = {}, decisions } = decidedOf(opened, decided);
    return {
      ...{ match, kind, state: outcome as MatchState, learners: about },
      ...notedIn({ agency, beside, identifier, type, right }),
      ...{ position, openedAt, decisions },
    };
  };
