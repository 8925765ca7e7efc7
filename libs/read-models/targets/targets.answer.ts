// A figure to reach, beside one to compare with; what is reached is not counted yet (views.md, S20).
import type { AgencySlug, IsoDate, Position } from '#kernel';
import { alike, type Chosen, isBy, orNull, type SeenItem, type SeenItems } from '../lists/index.ts';

export const TARGET_STATES = ['shortfall', 'at-risk', 'on-track', 'met', 'no-data'] as const;

export interface TargetRow {
  readonly measure: string | null;
  readonly scope: string | null;
  readonly period: string | null;
  readonly target: number | null;
  readonly setBy: AgencySlug | null;
  readonly setOn: IsoDate | null;
  readonly benchmark: number | null;
  readonly actual: number | null;
  readonly expectedByNow: number | null;
  readonly forecast: number | null;
  readonly state: (typeof TARGET_STATES)[number];
  readonly warnedOn: IsoDate | null;
}

/** Until tables are released that say what is reached. */
const NOT_COUNTED = { actual: null, expectedByNow: null, forecast: null, state: 'no-data', warnedOn: null } as const;

type Figure = SeenItem<'target.set'> | SeenItem<'benchmark.published'>;

const lastOf = <One extends Figure>(figures: readonly One[], on: IsoDate): One | undefined =>
  figures.filter(({ toldOn }) => isBy(toldOn, on)).at(-1);

/** One of each measure, scope and period: of the target that is seen last, or, where there is none, of the benchmark. */
export const targetRow = (seen: SeenItems, on: IsoDate, anchor: Position): TargetRow | undefined => {
  const [target, benchmark] = [lastOf(seen.of('target.set'), on), lastOf(seen.of('benchmark.published'), on)];
  const making = target ?? benchmark;
  if (making?.place !== anchor) return undefined;
  const { period } = making.data;
  return {
    ...orNull(making.data, 'measure', 'scope'),
    period: period === undefined ? null : String(period),
    ...setIn(target),
    benchmark: benchmark?.data.value ?? null,
    ...NOT_COUNTED,
  };
};

const setIn = (target: SeenItem<'target.set'> | undefined): Pick<TargetRow, 'target' | 'setBy' | 'setOn'> => ({
  target: target?.data.value ?? null,
  setBy: target?.source ?? null,
  setOn: target?.toldOn ?? null,
});

export const isChosenTarget = ({ measure, scope, period }: TargetRow, chosen: Chosen): boolean =>
  (chosen['measure'] === undefined || alike(measure) === alike(chosen['measure'])) &&
  (chosen['scope'] === undefined || alike(scope) === alike(chosen['scope'])) &&
  (chosen['period'] ?? period) === period;

/** What falls short first, then by whom it is about. */
export const targetOrder = (one: TargetRow, other: TargetRow): number =>
  TARGET_STATES.indexOf(one.state) - TARGET_STATES.indexOf(other.state) ||
  (one.scope ?? '').localeCompare(other.scope ?? '') ||
  (one.measure ?? '').localeCompare(other.measure ?? '');
