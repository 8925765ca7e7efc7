// By which procedures quality is looked at, as each source published them last (views.md, S24).
import { table } from '../engine/index.ts';
import { thingName, thingProjector } from '../lists/index.ts';

export const procedures = table({
  name: 'procedures',
  columns: { source: 'text', procedure: 'text', published_on: 'text', published: 'integer' },
  key: ['source', 'procedure'],
  indexes: [['source', 'published_on', 'procedure']],
});

export const proceduresView = thingProjector(
  { name: 'procedures', version: 1, tables: [procedures] },
  {
    'quality.procedure-published': ({ source, position: published, toldOn: published_on, data }, rows) =>
      rows.put(procedures, { source, procedure: thingName(data.procedureId), published_on, published }),
  },
);
