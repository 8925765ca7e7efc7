// The data manager's queue, oldest first.
import type { AgencySlug, Instant, LearnerId, Position } from '#kernel';
import type { Found, RowOf, ViewReader } from '../engine/index.ts';
import { type DataQualityKind, dataQuality, queue } from './data-quality.view.ts';

export interface DataQualityEntry {
  readonly kind: DataQualityKind;
  readonly learners: readonly LearnerId[];
  /** Whose contribution brought it about, of a number the latest; absent for possible matches. */
  readonly agency?: AgencySlug;
  /** Of an assessment recorded apart: the agency whose one stands beside it. */
  readonly beside?: AgencySlug;
  /** Of the event that opened it. */
  readonly position: Position;
  readonly openedAt: Instant;
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
  if (last === undefined) return { position, rows: rows.map(entryOf) };
  const together = await views.rows(dataQuality, queue, { where: { ...where, position: last }, order: 'learners', limit: ALL });
  return { position, rows: [...rows.filter((row) => row.position !== last), ...together.rows].map(entryOf) };
};

const entryOf = ({ kind, learners, agency, beside, position, opened_at }: RowOf<typeof queue>): DataQualityEntry => ({
  kind: kind as DataQualityKind,
  learners: JSON.parse(learners) as LearnerId[],
  ...(agency === null ? {} : { agency }),
  ...(beside === null ? {} : { beside }),
  position,
  openedAt: opened_at,
});
