// A learner's placements with employers as a document shows them.
import type { AgencySlug, IsoDate } from '#kernel';
import { day, type FieldsOf, isNotAfter, type SeenItem, type SeenItems, text } from '../lists/index.ts';

export interface PlacementRow {
  readonly placementId: string | null;
  readonly programmeId: string | null;
  readonly by: AgencySlug | null;
  readonly employer: string | null;
  readonly startedOn: IsoDate | null;
  readonly endedOn: IsoDate | null;
}

export const placementFields: FieldsOf<PlacementRow> = {
  placementId: text('Its id.'),
  programmeId: text('Id of the programme that it belongs to.'),
  by: text('Slug of the agency that placed the learner.'),
  employer: text('Employer.'),
  startedOn: day('First day.'),
  endedOn: day('Last day.'),
};

const rowOf = (seen: SeenItems, { data, source }: SeenItem<'placement.started'>, day: IsoDate): PlacementRow => {
  const { placementId = null, programmeId = null, employer = null, on = null } = data;
  const ended = seen
    .of('placement.ended')
    .filter((one) => one.data.placementId === placementId && (one.data.of ?? one.source) === source)
    .filter((one) => isNotAfter(one.data.on, day))
    .at(-1);
  return { placementId, programmeId, by: source ?? null, employer, startedOn: on, endedOn: ended?.data.on ?? null };
};

/** Begun by that day, by their first days. */
export const placementsIn = (seen: SeenItems, on: IsoDate): readonly PlacementRow[] =>
  seen
    .of('placement.started')
    .filter(({ data }) => isNotAfter(data.on, on))
    .map((started) => rowOf(seen, started, on))
    .sort((one, other) => (one.startedOn ?? '').localeCompare(other.startedOn ?? ''));
