// Offices as each careers service declared them last (views.md, S14).
import { table } from '../engine/index.ts';
import { alike, thingName, thingProjector } from '../lists/index.ts';

export const offices = table({
  name: 'offices',
  columns: { source: 'text', office: 'text', declared_on: 'text', declared: 'integer' },
  key: ['source', 'office'],
  indexes: [['source', 'declared_on', 'office']],
});

export const officesView = thingProjector(
  { name: 'offices', version: 1, tables: [offices] },
  {
    'office.declared': ({ source, position: declared, toldOn: declared_on, data }, rows) =>
      rows.put(offices, { source, office: thingName(alike(data.office)), declared_on, declared }),
  },
);
