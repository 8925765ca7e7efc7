// What each agency published last of what the labour market needs (views.md, S19).
import { table } from '../engine/index.ts';
import { alike, thingName, thingProjector } from '../lists/index.ts';

export const labourNeeds = table({
  name: 'labour_needs',
  columns: {
    source: 'text',
    /** Area, occupation, level and period. */
    need: 'text',
    published_on: 'text',
    published: 'integer',
  },
  key: ['source', 'need'],
  indexes: [
    ['source', 'published_on', 'need'],
    ['need', 'published'],
  ],
});

export const labourNeedsView = thingProjector(
  { name: 'labour-needs', version: 1, tables: [labourNeeds] },
  {
    'labour-need.published': ({ source, position: published, toldOn: published_on, data }, rows) => {
      const need = thingName(alike(data.area), alike(data.occupation), alike(data.level), String(data.period));
      rows.put(labourNeeds, { source, need, published_on, published });
    },
  },
);
