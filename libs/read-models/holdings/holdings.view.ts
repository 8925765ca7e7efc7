// What is held about each learner, of which category and from whom: numbers and positions, from metadata alone. Nothing is opened.
import { ERASED, erasureIn, learnerOfStream } from '#learner-file';
import { type Projector, table } from '../engine/index.ts';

export const held = table({
  name: 'held',
  columns: {
    learner: 'text',
    category: 'text',
    /** The agency that contributed. */
    source: 'text',
    events: 'integer',
    first_position: 'integer',
    last_position: 'integer',
  },
  key: ['learner', 'category', 'source'],
  merge: { events: 'sum', first_position: 'min', last_position: 'max' },
});

export const holdings: Projector = {
  name: 'holdings',
  version: 1,
  tables: [held],
  types: 'every',
  apply: (event, rows) => {
    const { stream, type, meta, position } = event.recorded;
    if (type === ERASED) {
      const erasure = erasureIn(event.recorded);
      if (erasure) rows.remove(held, erasure);
      return;
    }
    const learner = learnerOfStream(stream);
    if (learner === undefined || meta.category === undefined) return;
    rows.merge(held, {
      learner,
      category: meta.category,
      source: meta.actor,
      events: 1,
      first_position: position,
      last_position: position,
    });
  },
};
