// Whom offers and applications are about (views.md, S9). Who lives where, the view of ties knows.
import { ERASED, erasureIn, learnerOfStream } from '#learner-file';
import { type Projector, table } from '../engine/index.ts';

const about = <Name extends string>(name: Name) => table({ name, columns: { learner: 'text' }, key: ['learner'] });
export const offered = about('offered');
export const applied = about('applied');

const TABLES: ReadonlyMap<string, typeof offered> = new Map([
  ['uk.concordat.offer.made.v1', offered],
  ['uk.concordat.application.submitted.v1', applied],
]);
const CATEGORIES = [
  ['offer', offered],
  ['application', applied],
] as const;

export const guaranteeView: Projector = {
  name: 'guarantee',
  version: 1,
  tables: [offered, applied],
  types: new Set([...TABLES.keys(), ERASED]),
  apply: (event, rows) => {
    const { type, stream } = event.recorded;
    const erasure = type === ERASED ? erasureIn(event.recorded) : undefined;
    if (erasure) {
      for (const [category, those] of CATEGORIES) {
        if ((erasure.category ?? category) === category) rows.remove(those, { learner: erasure.learner });
      }
      return;
    }
    const [learner, those] = [learnerOfStream(stream), TABLES.get(type)];
    if (learner !== undefined && those) rows.put(those, { learner });
  },
};
