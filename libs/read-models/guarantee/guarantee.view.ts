// Whom offers and applications are about (views.md, S9). Who lives where, the view of ties knows.
import { ERASED, erasureIn, learnerOfStream } from '#learner-file';
import { type Projector, type RowWriter, table } from '../engine/index.ts';

const about = <Name extends string>(name: Name) => table({ name, columns: { learner: 'text' }, key: ['learner'] });
export const offered = about('offered');
export const applied = about('applied');

/** Whose offers and applications they are. */
export const sources = table({
  name: 'sources',
  columns: { source: 'text', learner: 'text', category: 'text' },
  key: ['source', 'learner', 'category'],
  indexes: [['learner']],
});

const TABLES: ReadonlyMap<string, typeof offered> = new Map([
  ['uk.concordat.offer.made.v1', offered],
  ['uk.concordat.application.submitted.v1', applied],
]);
const CATEGORIES = [
  ['offer', offered],
  ['application', applied],
] as const;

type Erased = NonNullable<ReturnType<typeof erasureIn>>;

const removeErased = (rows: RowWriter, erasure: Erased): void => {
  rows.remove(sources, erasure);
  for (const [category, those] of CATEGORIES) {
    if ((erasure.category ?? category) === category) rows.remove(those, { learner: erasure.learner });
  }
};

export const guaranteeView: Projector = {
  name: 'guarantee',
  version: 2,
  tables: [offered, applied, sources],
  types: new Set([...TABLES.keys(), ERASED]),
  apply: (event, rows) => {
    const { type, stream, meta } = event.recorded;
    const erasure = type === ERASED ? erasureIn(event.recorded) : undefined;
    if (erasure) return removeErased(rows, erasure);
    const [learner, those] = [learnerOfStream(stream), TABLES.get(type)];
    if (learner === undefined || !those) return;
    rows.put(those, { learner });
    rows.put(sources, { source: meta.actor, learner, category: meta.category ?? '' });
  },
};
