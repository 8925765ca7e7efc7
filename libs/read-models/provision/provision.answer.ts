// What a provider offers, as every party may see it (views.md, S19).
import type { AgencySlug, IsoDate, Position } from '#kernel';
import { alike, type Chosen, isBy, orNull, type SeenItems } from '../lists/index.ts';

export interface ProvisionRow {
  readonly provisionId: string | null;
  readonly of: AgencySlug | null;
  readonly title: string | null;
  readonly kind: string | null;
  readonly level: string | null;
  readonly area: string | null;
  readonly places: number | null;
  readonly startsOn: IsoDate | null;
  readonly listedOn: IsoDate | null;
}

/** Undefined where it is not seen, or not listed by then. */
export const provisionRow = (seen: SeenItems, on: IsoDate, anchor: Position): ProvisionRow | undefined => {
  const listed = seen.at('provision.listed', anchor);
  if (!listed || !isBy(listed.toldOn, on)) return undefined;
  return {
    ...orNull(listed.data, 'provisionId'),
    of: listed.source ?? null,
    ...orNull(listed.data, 'title', 'kind', 'level', 'area', 'places', 'startsOn'),
    listedOn: listed.toldOn ?? null,
  };
};

/** An application names provision by its title or by its id. */
export const isCalled = ({ provisionId, title }: Pick<ProvisionRow, 'provisionId' | 'title'>, text: string | null): boolean =>
  text !== null && [provisionId, title].some((name) => name !== null && alike(name) === alike(text));

export const isChosenProvision = (row: ProvisionRow, chosen: Chosen): boolean =>
  (chosen['area'] === undefined || alike(row.area) === alike(chosen['area'])) &&
  (chosen['agency'] ?? row.of) === row.of &&
  (chosen['kind'] ?? row.kind) === row.kind &&
  (chosen['level'] ?? row.level) === row.level;

/** The latest listed first. */
export const provisionOrder = (one: ProvisionRow, other: ProvisionRow): number =>
  (other.listedOn ?? '').localeCompare(one.listedOn ?? '') || (one.title ?? '').localeCompare(other.title ?? '');
