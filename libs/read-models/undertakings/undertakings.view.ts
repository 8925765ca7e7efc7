// What parties say that they have done, as each said it last of a day (views.md, S23).
import { table } from '../engine/index.ts';
import { thingName, thingProjector } from '../lists/index.ts';

export const undertakings = table({
  name: 'undertakings',
  columns: { source: 'text', undertaking: 'text', done_on: 'text', discharged: 'integer' },
  key: ['source', 'undertaking', 'done_on'],
  indexes: [['source', 'done_on', 'undertaking']],
});

export const undertakingsView = thingProjector(
  { name: 'undertakings', version: 1, tables: [undertakings] },
  {
    'undertaking.discharged': ({ source, position: discharged, data: { protocol, duty, on: done_on } }, rows) =>
      rows.put(undertakings, { source, undertaking: thingName(`${protocol} ${duty}`), done_on, discharged }),
  },
);
