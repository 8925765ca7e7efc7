// How complete each agency's own records are: of what it told itself, how many have what is asked for (views.md, S16). Numbers alone.
import type { AgencySlug, IsoDate, Position } from '#kernel';
import type { ViewReader } from '../engine/index.ts';
import { issuesView } from './issues.view.ts';
import { measuresTable } from './measured.ts';

export const MEASURES = ['uln', 'postcode', 'date-of-birth', 'review', 'destination'] as const;
/** `review`: programmes started of which a review was held. `destination`: learners with one that has begun, and has not lapsed. */
export type Measure = (typeof MEASURES)[number];

export interface CompletenessRow {
  readonly agency: AgencySlug;
  readonly measure: Measure;
  readonly have: number;
  readonly of: number;
}

const COUNTED = {
  uln: ['uln', 'registered'],
  postcode: ['postcode', 'registered'],
  'date-of-birth': ['born', 'registered'],
  review: ['reviewed', 'started'],
  destination: ['current', 'placed'],
} as const satisfies Readonly<Record<Measure, readonly [string, string]>>;

type Count = (typeof COUNTED)[Measure][number];
type Counts = Partial<Record<Count, number>>;

const NAMES = [...new Set(Object.values(COUNTED).flat())];

/** Read at once; others get their turn in between. */
const AT_ONCE = 2000;

/** Of one agency's own words, or of every agency's. */
export const completenessOf = async (
  views: ViewReader,
  { source, on }: { readonly source?: AgencySlug; readonly on: IsoDate },
): Promise<{ readonly position: Position; readonly rows: readonly CompletenessRow[] }> => {
  const agencies = new Map<AgencySlug, Counts>();
  const order = ['source', 'from_day'] as const;
  const asked = { where: source === undefined ? {} : { source }, between: { from_day: { to: on } }, order, limit: AT_ONCE };
  for (let after: readonly string[] | undefined; ;) {
    const { position, rows } = await views.rows(issuesView, measuresTable, { ...asked, ...(after && { after }) });
    for (const row of rows) agencies.set(row.source, added(agencies.get(row.source) ?? {}, row));
    const last = rows.length < AT_ONCE ? undefined : rows.at(-1);
    if (!last) return { position, rows: [...agencies].flatMap(rowsOf) };
    after = [last.source, last.from_day];
  }
};

const added = (counts: Counts, row: Readonly<Record<Count, number>>): Counts =>
  Object.fromEntries(NAMES.map((name) => [name, (counts[name] ?? 0) + row[name]]));

const rowsOf = ([agency, counts]: readonly [AgencySlug, Counts]): readonly CompletenessRow[] =>
  MEASURES.map((measure) => {
    const [have, of] = COUNTED[measure];
    return { agency, measure, have: counts[have] ?? 0, of: counts[of] ?? 0 };
  });
