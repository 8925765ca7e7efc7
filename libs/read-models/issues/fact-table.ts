// Facts of every learner as the view keeps them: days, codes and ids of events, until they are taken back (views.md, S16).
import { type RowOf, table } from '../engine/index.ts';

export const factTable = table({
  name: 'facts',
  columns: {
    learner: 'text',
    revision: 'integer',
    position: 'integer',
    known_at: 'integer',
    category: 'text',
    /** Short. */
    type: 'text',
    source: 'text',
    thing: 'text?',
    day: 'text?',
    until: 'text?',
    code: 'text?',
    verified: 'text?',
  },
  key: ['learner', 'revision'],
});

export type FactRow = RowOf<typeof factTable>;
