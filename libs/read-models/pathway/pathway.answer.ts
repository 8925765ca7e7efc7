// A learner's way through programmes and destinations, across providers, in the order of time (views.md, S15).
import type { AgencySlug, IsoDate } from '#kernel';
import { isByItsAgency } from '../states/index.ts';
import { orNull, type SeenItem, type SeenItems } from '../lists/index.ts';

export const STEPS = ['programme', 'destination'] as const;
export const ENDS = ['left-early', 'moved-on'] as const;

export interface StepRow {
  readonly step: (typeof STEPS)[number];
  readonly from: IsoDate | null;
  readonly until: IsoDate | null;
  readonly by: AgencySlug | null;
  readonly programmeId: string | null;
  readonly kind: string | null;
  readonly title: string | null;
  readonly end: (typeof ENDS)[number] | null;
  readonly reason: string | null;
  readonly reasonGroup: string | null;
  readonly activity: string | null;
  readonly activityGroup: string | null;
  readonly verifiedOn: IsoDate | null;
}

export interface Pathway {
  readonly rows: readonly StepRow[];
}

/** In place of a finer code, where a clause tells no more. */
const groupIn = (data: object, name: 'reasonGroup' | 'activityGroup'): string | null => {
  const value = (data as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' ? value : null;
};

type Ending = Pick<StepRow, 'until' | 'end' | 'reason' | 'reasonGroup' | 'activity' | 'activityGroup'>;

const ON: Ending = { until: null, end: null, reason: null, reasonGroup: null, activity: null, activityGroup: null };

const leftOf = ({ data }: SeenItem<'programme.left-early'>): Ending => {
  const { leftOn: until, reason } = orNull(data, 'leftOn', 'reason');
  return { ...ON, until, end: 'left-early', reason, reasonGroup: groupIn(data, 'reasonGroup') };
};

const movedOf = ({ data }: SeenItem<'programme.moved-on'>): Ending => {
  const { on: until, destination: activity } = orNull(data, 'on', 'destination');
  return { ...ON, until, end: 'moved-on', activity, activityGroup: groupIn(data, 'activityGroup') };
};

/** The first that was accepted (views.md, V10). */
const endingOf = (seen: SeenItems, { data, source }: SeenItem<'programme.started'>): Ending => {
  const isOf = isByItsAgency({ ...orNull(data, 'programmeId'), of: source ?? null });
  const left = seen.of('programme.left-early').find(isOf);
  const moved = seen.of('programme.moved-on').find(isOf);
  if (left && (!moved || left.place < moved.place)) return leftOf(left);
  return moved ? movedOf(moved) : ON;
};

const programmeStep = (seen: SeenItems, started: SeenItem<'programme.started'>): StepRow => {
  const { startedOn = null, ...data } = started.data;
  return {
    step: 'programme',
    from: startedOn,
    by: started.source ?? null,
    ...orNull(data, 'programmeId', 'kind', 'title'),
    ...endingOf(seen, started),
    verifiedOn: null,
  };
};

const destinationStep = ({ data, source }: SeenItem<'destination.recorded'>): StepRow => ({
  step: 'destination',
  by: source ?? null,
  programmeId: null,
  kind: null,
  title: null,
  ...ON,
  ...orNull(data, 'from', 'activity', 'verifiedOn'),
  activityGroup: groupIn(data, 'activityGroup'),
});

export const pathwayIn = (seen: SeenItems): Pathway => {
  const rows = [
    ...seen.of('programme.started').map((started) => programmeStep(seen, started)),
    ...seen.of('destination.recorded').map(destinationStep),
  ];
  return { rows: rows.sort((one, other) => (one.from ?? '').localeCompare(other.from ?? '')) };
};
