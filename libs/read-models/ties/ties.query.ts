// Learners about whom an agency may be able to vouch, with everybody who has to do with them.
import type { AgencySlug, Instant, LearnerId, Position } from '#kernel';
import type { ViewReader } from '../engine/index.ts';
import { parties, places, tiesView } from './ties.view.ts';

export interface TieParty {
  readonly agency: AgencySlug;
  /** When the first about it was recorded. */
  readonly since: Instant;
}

export interface TieCandidates {
  readonly learner: LearnerId;
  /** All but the one that asks, the longest known first. */
  readonly parties: readonly TieParty[];
}

/** Those whom it has to do with, and those who may live in its area; no agency: every learner, for the data manager. */
export interface TieQuery {
  readonly agency?: AgencySlug;
  /** Outward codes of its districts. */
  readonly outwards: readonly string[];
  readonly after?: LearnerId;
  /** Of learners. */
  readonly limit: number;
}

export interface TieProposals {
  readonly position: Position;
  readonly rows: readonly TieCandidates[];
  /** The learner after whom to go on; absent: that was all. */
  readonly next?: LearnerId;
}

/** In the order of their ids, which says nothing of them. */
export const tieProposals = async (views: ViewReader, query: TieQuery): Promise<TieProposals> => {
  const sources = await Promise.all([learnersOf(views, query), ...query.outwards.map((outward) => learnersIn(views, outward, query))]);
  const position = Math.min(...sources.map((source) => source.position));
  const { learners, more } = merged(sources, query.limit);
  const rows = await Promise.all(learners.map(async (learner) => ({ learner, parties: await partiesOf(views, learner, query.agency) })));
  const last = learners.at(-1);
  return { position, rows, ...(more && last !== undefined ? { next: last } : {}) };
};

/** Of one learner, for the learner. */
export const tiesOf = async (views: ViewReader, learner: LearnerId): Promise<TieProposals> => {
  const { position } = await views.rows(tiesView, parties, { where: { learner }, order: 'since', limit: 1 });
  return { position, rows: [{ learner, parties: await partiesOf(views, learner) }] };
};

/** Learner ids in order; cut where there may be more. */
interface Source {
  readonly position: Position;
  readonly learners: readonly LearnerId[];
  readonly cut: boolean;
}

interface Paged {
  readonly order: 'learner';
  readonly after: LearnerId;
  readonly limit: number;
}
type Rows = { readonly position: Position; readonly rows: readonly { readonly learner: LearnerId }[] };

const learnersOf = (views: ViewReader, query: TieQuery): Promise<Source> => {
  const where = query.agency === undefined ? {} : { agency: query.agency };
  return sourceOf((page) => views.rows(tiesView, parties, { where, ...page }), query);
};

const learnersIn = (views: ViewReader, outward: string, query: TieQuery): Promise<Source> =>
  sourceOf((page) => views.rows(tiesView, places, { where: { outward }, ...page }), query);

/** A learner has several rows: where those of few fill the page, it is looked whether others follow, for no further page is to be empty. */
const sourceOf = async (read: (page: Paged) => Promise<Rows>, { after = '', limit }: TieQuery): Promise<Source> => {
  const { position, rows } = await read({ order: 'learner', after, limit: limit + 1 });
  const learners = [...new Set(rows.map(({ learner }) => learner))];
  const last = learners.at(-1);
  if (rows.length <= limit || learners.length > limit || last === undefined) return { position, learners, cut: rows.length > limit };
  const { rows: others } = await read({ order: 'learner', after: last, limit: 1 });
  return { position, learners, cut: others.length > 0 };
};

/** Beyond the last learner of a source that was cut, that source might have had others in between. */
const merged = (sources: readonly Source[], limit: number): { readonly learners: readonly LearnerId[]; readonly more: boolean } => {
  const ends = sources.flatMap(({ learners, cut }) => (cut ? [learners.at(-1) ?? ''] : []));
  const known = [...new Set(sources.flatMap(({ learners }) => learners))].sort().filter((learner) => ends.every((end) => learner <= end));
  return { learners: known.slice(0, limit), more: ends.length > 0 || known.length > limit };
};

const MOST_PARTIES = 1_000;

const partiesOf = async (views: ViewReader, learner: LearnerId, asking?: AgencySlug): Promise<readonly TieParty[]> => {
  const { rows } = await views.rows(tiesView, parties, { where: { learner }, order: 'since', limit: MOST_PARTIES });
  const since = new Map<AgencySlug, Instant>();
  for (const row of rows) if (row.agency !== asking) since.set(row.agency, Math.min(since.get(row.agency) ?? row.since, row.since));
  return [...since].map(([agency, at]) => ({ agency, since: at }));
};
