// Which gaps in provision were raised, what was answered, and the places and needs of the same area, occupation and level (views.md, S27).
import { type RowOf, type RowWriter, table } from '../engine/index.ts';
import { alike, thingName, thingProjector } from '../lists/index.ts';

/** A gap is one of an area, an occupation and a level, whoever raises it. */
export const raisings = table({
  name: 'raisings',
  columns: { source: 'text', gap: 'text', raised_on: 'text', raised: 'integer', gap_id: 'text' },
  key: ['source', 'raised'],
  indexes: [
    ['source', 'raised_on', 'gap', 'raised'],
    ['gap', 'raised'],
    ['gap_id', 'raised'],
  ],
});

/** To the gap that some agency calls so; `owner`: whose name for it that is, where that is said. */
export const answers = table({
  name: 'answers',
  columns: { answered: 'integer', gap_id: 'text', owner: 'text' },
  key: ['answered'],
  indexes: [['gap_id', 'answered']],
});

/** The last that each agency told of the places, or of the need in a period. */
export const surroundings = table({
  name: 'surroundings',
  columns: { source: 'text', what: 'text', gap: 'text', told: 'integer' },
  key: ['source', 'what'],
  indexes: [['gap', 'told']],
});

/** All that each agency told of the same places, or of the same need: which of it was the last goes by the day that is asked about. */
export const tellings = table({
  name: 'tellings',
  columns: { source: 'text', what: 'text', gap: 'text', told: 'integer', told_on: 'text' },
  key: ['source', 'what', 'told'],
  indexes: [['gap', 'told']],
});

/** No agency names a gap so. */
export const UNNAMED = '';
export const NOBODY = '';

const gapOf = (area: string, occupation?: string, level?: string): string => thingName(alike(area), alike(occupation), alike(level));

const tell = (rows: RowWriter, { told_on, ...last }: RowOf<typeof tellings>): void => {
  rows.put(surroundings, last);
  rows.put(tellings, { ...last, told_on });
};

export const provisionGapsView = thingProjector(
  { name: 'provision-gaps', version: 3, tables: [raisings, answers, surroundings, tellings] },
  {
    'provision.gap-raised': ({ source, position: raised, toldOn: raised_on, data: { area, occupation, level, gapId } }, rows) => {
      const gap_id = gapId === undefined ? UNNAMED : thingName(gapId);
      rows.put(raisings, { source, gap: gapOf(area, occupation, level), raised_on, raised, gap_id });
    },
    'provision.gap-answered': ({ position: answered, data: { gapId, of: owner = NOBODY } }, rows) =>
      rows.put(answers, { answered, gap_id: thingName(gapId), owner }),
    'provision.listed': ({ source, position: told, toldOn: told_on, data: { area, title, level, provisionId } }, rows) =>
      tell(rows, { source, what: thingName('places', provisionId), gap: gapOf(area, title, level), told, told_on }),
    'labour-need.published': ({ source, position: told, toldOn: told_on, data: { area, occupation, level, period } }, rows) => {
      const gap = gapOf(area, occupation, level);
      tell(rows, { source, what: thingName('need', gap, String(period)), gap, told, told_on });
    },
  },
);
