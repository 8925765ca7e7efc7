// A finding, between the agency that it is about and those who answer for quality (views.md, S24).
import type { AgencySlug, IsoDate, Position } from '#kernel';
import { type Chosen, isBy, orNull, type SeenItems } from '../lists/index.ts';

export const FINDING_STATES = ['overdue', 'open', 'closed'] as const;

export interface FindingRow {
  readonly findingId: string | null;
  readonly procedure: string | null;
  readonly agency: AgencySlug | null;
  readonly says: string | null;
  readonly action: string | null;
  readonly by: AgencySlug | null;
  readonly recordedOn: IsoDate | null;
  readonly due: IsoDate | null;
  readonly closedOn: IsoDate | null;
  readonly state: (typeof FINDING_STATES)[number];
}

/** Undefined where it is not seen, or not recorded by then. */
export const findingRow = (seen: SeenItems, on: IsoDate, anchor: Position): FindingRow | undefined => {
  const recorded = seen.at('quality.finding-recorded', anchor);
  if (!recorded || !isBy(recorded.toldOn, on)) return undefined;
  const { data, source: by = null, toldOn: recordedOn = null } = recorded;
  const { procedureId: procedure, finding: says, ...said } = orNull(data, 'findingId', 'procedureId', 'agency', 'finding', 'action', 'due');
  const closedOn = closedBy(seen, on);
  return {
    ...said,
    ...{ procedure, says },
    ...{ by, recordedOn, closedOn, state: stateOf(data.due, closedOn, on) },
  };
};

const closedBy = (seen: SeenItems, on: IsoDate): IsoDate | null =>
  seen.of('quality.finding-closed').find(({ data }) => isBy(data.on, on))?.data.on ?? null;

const stateOf = (due: IsoDate | undefined, closedOn: IsoDate | null, on: IsoDate): FindingRow['state'] => {
  if (closedOn !== null) return 'closed';
  return due !== undefined && due < on ? 'overdue' : 'open';
};

export const isChosenFinding = ({ agency, state }: FindingRow, chosen: Chosen): boolean =>
  (chosen['agency'] ?? agency) === agency && (chosen['state'] ?? state) === state;

/** By agency, then what is due first. */
export const findingOrder = (one: FindingRow, other: FindingRow): number =>
  (one.agency ?? '').localeCompare(other.agency ?? '') || (one.due ?? '').localeCompare(other.due ?? '');
