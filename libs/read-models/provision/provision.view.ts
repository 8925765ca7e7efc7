// Places as each provider listed them last (views.md, S19).
import { table } from '../engine/index.ts';
import { thingName, thingProjector } from '../lists/index.ts';

export const provision = table({
  name: 'provision',
  columns: { source: 'text', provision: 'text', listed_on: 'text', listed: 'integer' },
  key: ['source', 'provision'],
  indexes: [['source', 'listed_on', 'provision']],
});

export const provisionView = thingProjector(
  { name: 'provision', version: 1, tables: [provision] },
  {
    'provision.listed': ({ source, position: listed, toldOn: listed_on, data }, rows) =>
      rows.put(provision, { source, provision: thingName(data.provisionId), listed_on, listed }),
  },
);
