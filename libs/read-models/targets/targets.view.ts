// Figures to reach and to compare with, as each agency stated them last (views.md, S20).
import { table } from '../engine/index.ts';
import { alike, type StatedThing, thingName, thingProjector } from '../lists/index.ts';

export const figures = table({
  name: 'figures',
  columns: {
    source: 'text',
    kind: 'text',
    /** Measure, scope and period. */
    figure: 'text',
    stated_on: 'text',
    stated: 'integer',
  },
  key: ['source', 'kind', 'figure'],
  indexes: [
    ['source', 'stated_on', 'figure', 'kind'],
    ['figure', 'stated'],
  ],
});

type Stated = StatedThing<'target.set' | 'benchmark.published'>;

const figureOf = ({ measure, scope, period }: Stated['data']): string => thingName(alike(measure), alike(scope), String(period));

const rowOf = (kind: string, { source, toldOn: stated_on, position: stated, data }: Stated) => ({
  ...{ source, kind, figure: figureOf(data), stated_on, stated },
});

export const targetsView = thingProjector(
  { name: 'targets', version: 1, tables: [figures] },
  {
    'target.set': (stated, rows) => rows.put(figures, rowOf('target', stated)),
    'benchmark.published': (stated, rows) => rows.put(figures, rowOf('benchmark', stated)),
  },
);
