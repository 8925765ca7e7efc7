// Which workplaces were risk-assessed, by whom and when (views.md, S18).
import { table } from '../engine/index.ts';
import { alike, thingName, thingProjector } from '../lists/index.ts';

export const workplaces = table({
  name: 'workplaces',
  columns: { source: 'text', workplace: 'text', assessed_on: 'text', assessed: 'integer' },
  key: ['source', 'assessed'],
  indexes: [
    ['source', 'assessed_on', 'workplace', 'assessed'],
    ['workplace', 'source', 'assessed'],
  ],
});

export const workplacesView = thingProjector(
  { name: 'workplaces', version: 1, tables: [workplaces] },
  {
    'workplace.risk-assessed': ({ source, position: assessed, data: { employer, on: assessed_on } }, rows) =>
      rows.put(workplaces, { source, workplace: thingName(alike(employer)), assessed_on, assessed }),
  },
);
