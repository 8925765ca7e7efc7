// What the labour market of an area needs, as it was published last (views.md, S19).
import type { AgencySlug, IsoDate, Position } from '#kernel';
import { alike, type Chosen, isBy, orNull, type SeenItems } from '../lists/index.ts';

export interface LabourNeedRow {
  readonly area: string | null;
  readonly occupation: string | null;
  readonly level: string | null;
  readonly period: string | null;
  readonly count: number | null;
  readonly of: AgencySlug | null;
  readonly publishedOn: IsoDate | null;
}

const TYPE = 'labour-need.published';

/** Undefined where it is not seen, not published by then, or another that is seen was published after it. */
export const labourNeedRow = (seen: SeenItems, on: IsoDate, anchor: Position): LabourNeedRow | undefined => {
  const published = seen.at(TYPE, anchor);
  if (!published || !isBy(published.toldOn, on)) return undefined;
  if (seen.of(TYPE).some(({ place, toldOn }) => place > anchor && isBy(toldOn, on))) return undefined;
  const { period } = published.data;
  return {
    ...orNull(published.data, 'area', 'occupation', 'level'),
    period: period === undefined ? null : String(period),
    ...orNull(published.data, 'count'),
    of: published.source ?? null,
    publishedOn: published.toldOn ?? null,
  };
};

export const isChosenNeed = ({ area, occupation, level, period }: LabourNeedRow, chosen: Chosen): boolean =>
  (chosen['area'] === undefined || alike(area) === alike(chosen['area'])) &&
  (chosen['occupation'] === undefined || alike(occupation) === alike(chosen['occupation'])) &&
  (chosen['level'] ?? level) === level &&
  (chosen['period'] ?? period) === period;

/** The latest published first. */
export const labourNeedOrder = (one: LabourNeedRow, other: LabourNeedRow): number =>
  (other.publishedOn ?? '').localeCompare(one.publishedOn ?? '') || (one.occupation ?? '').localeCompare(other.occupation ?? '');
