// Learners about whom an agency may be able to vouch, with everybody who has to do with them.
import type { AgencySlug, Instant, LearnerId, Position } from '#kernel';
import type { RowQuery, ViewReader } from '../engine/index.ts';
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

type Paged = Pick<RowQuery<typeof parties>, 'order' | 'after' | 'limit'>;

const pageOf = ({ after = '', limit }: TieQuery): Paged => ({ order: 'learner', after, limit: limit + 1 });

const learnersOf = async (views: ViewReader, query: TieQuery): Promise<Source> => {
  const where = query.agency === undefined ? {} : { agency: query.agency };
  return sourceOf(await views.rows(tiesView, parties, { where, ...pageOf(query) }), query);
};

const learnersIn = async (views: ViewReader, outward: string, query: TieQuery): Promise<Source> => {
  const { limit, after } = pageOf(query);
  return sourceOf(
    await views.rows(tiesView, places, { where: { outward }, order: 'learner', limit, ...(after === undefined ? {} : { after }) }),
    query,
  );
};

const sourceOf = (
  { position, rows }: { readonly position: Position; readonly rows: readonly { readonly learner: LearnerId }[] },
  { limit }: TieQuery,
): Source => ({
  position,
  learners: rows.map(({ learner }) => learner),
  cut: rows.length > limit,
});

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
