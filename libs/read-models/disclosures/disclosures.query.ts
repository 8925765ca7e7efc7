// Who saw what, why and when: by learner, by recipient, or both; the latest first.
import type { AgencySlug, Instant, LearnerId, Position } from '#kernel';
import type { Found, RowOf, ViewReader } from '../engine/index.ts';
import { aboutNobody, decisions, disclosures } from './disclosures.view.ts';

export interface DisclosureEntry {
  /** Of the decision in the log, which holds the rest. */
  readonly position: Position;
  /** Empty of a look that is about no one learner. */
  readonly learner: LearnerId;
  /** An agency, or an office as `operator:data-manager`. */
  readonly recipient: string;
  readonly decidedAt: Instant;
  /** `answered`, `not-permitted`, `not-known`; or `erased`, and then no more is known. */
  readonly outcome: string;
  /** As `passport`; `ties` where it was told whose tie waits for a voucher; of a row the name of the list. */
  readonly asked?: string;
  readonly route?: string;
  readonly purposes: readonly string[];
  /** Numbers of items; on a feed, of those that were sent, and of those that the recipient was told to delete. */
  readonly permitted: number;
  readonly refused: number;
  readonly withdrawn: number;
  /** Under which items were permitted: `protocol@version#clause`, or `own`. */
  readonly clauses: readonly string[];
  /** For want of which items were refused, as `consent`. */
  readonly lacks: readonly string[];
}

export interface DisclosurePage {
  readonly learner?: LearnerId;
  readonly recipient?: string;
  /** Entries with a smaller position. */
  readonly before?: Position;
  readonly limit: number;
}

export const listDisclosures = async (views: ViewReader, { before, limit, ...where }: DisclosurePage): Promise<Found<DisclosureEntry>> => {
  const query = { where, order: 'position', newestFirst: true, limit, ...(before === undefined ? {} : { after: before }) } as const;
  const { position, rows } = await views.rows(disclosures, decisions, query);
  return { position, rows: rows.map(entryOf) };
};

export interface RecentRefusals {
  readonly refused: number;
  /** Not all that were decided since then were looked at. */
  readonly more: boolean;
}

const MOST_RECENT = 5_000;
const REFUSED: readonly string[] = ['not-permitted', 'not-known'];

/** How many questions about learners were refused since then, of one recipient or of all; looks beside the records apart. */
export const refusalsSince = async (
  views: ViewReader,
  { since, recipient }: { readonly since: Instant; readonly recipient?: string },
): Promise<RecentRefusals> => {
  const where = recipient === undefined ? {} : { recipient };
  const { rows } = await views.rows(disclosures, decisions, { where, order: 'position', newestFirst: true, limit: MOST_RECENT });
  const recent = rows.filter(({ decided_at }) => decided_at >= since);
  const refused = recent.filter(({ outcome, route }) => REFUSED.includes(outcome) && route !== 'look').length;
  return { refused, more: recent.length === MOST_RECENT };
};

export interface RefusedAboutNobody {
  readonly agency: AgencySlug;
  readonly refused: number;
  readonly lastPosition: Position;
}

/** Of each agency, how often it asked about nobody whom it may know. */
export const refusedAboutNobody = async (views: ViewReader): Promise<Found<RefusedAboutNobody>> => {
  const { position, rows } = await views.rows(disclosures, aboutNobody, { order: 'agency', limit: ALL });
  return { position, rows: rows.map(({ agency, refused, last_position }) => ({ agency, refused, lastPosition: last_position })) };
};

const ALL = 100_000;

const entryOf = (row: RowOf<typeof decisions>): DisclosureEntry => ({
  position: row.position,
  learner: row.learner,
  recipient: row.recipient,
  decidedAt: row.decided_at,
  outcome: row.outcome,
  ...(row.asked === null ? {} : { asked: row.asked }),
  ...(row.route === null ? {} : { route: row.route }),
  purposes: wordsOf(row.purposes),
  permitted: row.permitted,
  refused: row.refused,
  withdrawn: row.withdrawn,
  clauses: wordsOf(row.clauses),
  lacks: wordsOf(row.lacks),
});

const wordsOf = (json: string): readonly string[] => JSON.parse(json) as string[];
