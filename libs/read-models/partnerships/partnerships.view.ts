// Partnerships as each agency declared them last (views.md, S19).
import { table } from '../engine/index.ts';
import { alike, thingName, thingProjector } from '../lists/index.ts';

export const partnerships = table({
  name: 'partnerships',
  columns: { source: 'text', partnership: 'text', declared_on: 'text', declared: 'integer' },
  key: ['source', 'partnership'],
  indexes: [['source', 'declared_on', 'partnership']],
});

export const partnershipsView = thingProjector(
  { name: 'partnerships', version: 1, tables: [partnerships] },
  {
    'partnership.declared': ({ source, position: declared, toldOn: declared_on, data }, rows) =>
      rows.put(partnerships, { source, partnership: thingName(alike(data.name)), declared_on, declared }),
  },
);
