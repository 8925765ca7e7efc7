// Who spoke of which agency in which quarter, by learner or without a name, and what agencies answered (views.md, S21). Quarters are those
// in which it was recorded, so that what comes late joins others instead of standing alone.
import { type IsoDate, londonDate } from '#kernel';
import { ERASED, erasureIn, learnerOfStream } from '#learner-file';
import { type ProjectedEvent, type Projector, type RowWriter, table } from '../engine/index.ts';
import { alike, quarterOf, thingName, thingProjector } from '../lists/index.ts';

const GIVEN = 'uk.concordat.feedback.given.v1';

export const spoken = table({
  name: 'spoken',
  columns: { learner: 'text', revision: 'integer', about: 'text', quarter: 'text', category: 'text', known_at: 'integer' },
  key: ['learner', 'revision'],
  indexes: [
    ['about', 'quarter', 'learner', 'revision'],
    ['quarter', 'learner', 'revision'],
  ],
});

const add = (event: ProjectedEvent, rows: RowWriter): void => {
  const { stream, revision, meta, recordedAt: known_at } = event.recorded;
  const [learner, told] = [learnerOfStream(stream), event.open()?.event];
  const about = told?.data['about'];
  if (learner === undefined || meta.category === undefined || typeof about !== 'string') return;
  rows.put(spoken, { learner, revision, about, quarter: quarterOf(londonDate(known_at)), category: meta.category, known_at });
};

export const feedbackView: Projector = {
  name: 'feedback',
  version: 1,
  tables: [spoken],
  types: new Set([GIVEN, ERASED]),
  apply: (event, rows) => {
    const erasure = event.recorded.type === ERASED ? erasureIn(event.recorded) : undefined;
    if (erasure) rows.remove(spoken, erasure);
    else if (event.recorded.type === GIVEN) add(event, rows);
  },
};

export const voices = table({
  name: 'voices',
  columns: { source: 'text', voice: 'integer', named: 'text', said_on: 'text' },
  key: ['voice'],
  indexes: [['source', 'named', 'said_on', 'voice']],
});

export const answers = table({
  name: 'answers',
  columns: { source: 'text', answer: 'integer', named: 'text', answered_on: 'text', subject: 'text' },
  key: ['source', 'subject'],
  indexes: [['source', 'named', 'answered_on', 'answer']],
});

const isOfOneQuarter = (one: IsoDate, other: IsoDate): boolean => quarterOf(one) === quarterOf(other);

/** What was said without a name and recorded after its quarter is left out: of its recording a row of things cannot tell. */
export const feedbackThingsView = thingProjector(
  { name: 'feedback-things', version: 1, tables: [voices, answers] },
  {
    'feedback.given': ({ source, position: voice, toldOn: said_on, recordedOn, data: { about: named } }, rows) => {
      if (isOfOneQuarter(said_on, recordedOn)) rows.put(voices, { source, voice, named, said_on });
    },
    'feedback.answered': ({ source, position: answer, toldOn: answered_on, data: { about: named, theme, period } }, rows) => {
      const subject = thingName(named, alike(theme), String(period));
      rows.put(answers, { source, answer, named, answered_on, subject });
    },
  },
);
