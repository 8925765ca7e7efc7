// Facts of every learner for the rules of data quality: days, codes and ids of events, until they are taken back.
import type { ShortType } from '#catalogue';
import { londonDate } from '#kernel';
import { ERASED, erasureIn, learnerOfStream } from '#learner-file';
import { lastDayOf, monthOf } from '#reports';
import { type ProjectedEvent, type Projector, type RowWriter, table } from '../engine/index.ts';
import { type Fact, FACT_TYPES, factOf } from './facts.ts';

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
  },
  key: ['learner', 'revision'],
  indexes: [['source', 'learner', 'revision']],
});

const RETRACTED = 'uk.concordat.record.retracted.v1';
const shortOf = new Map<string, ShortType>(FACT_TYPES.map((short) => [`uk.concordat.${short}.v1`, short]));

const IDENTITIES: readonly ShortType[] = ['learner.registered', 'learner.corrected'];

/** Nobody's birthday is kept: the last day of its month suffices to propose what is then looked at exactly. */
const coarse = ({ type, day }: Fact): Fact['day'] => (day !== null && IDENTITIES.includes(type) ? lastDayOf(monthOf(day)) : day);

const add = (event: ProjectedEvent, rows: RowWriter, type: ShortType): void => {
  const { stream, revision, position, meta, recordedAt: known_at } = event.recorded;
  const [learner, told] = [learnerOfStream(stream), event.open()?.event];
  if (learner === undefined || told === undefined || meta.category === undefined) return;
  const fact = factOf({ place: revision, type, source: meta.actor }, told.data, londonDate(Date.parse(told.time)));
  if (fact === undefined) return;
  const { place: _, ...of } = fact;
  rows.put(factTable, { learner, revision, position, known_at, category: meta.category, ...of, day: coarse(fact) });
};

const removeTakenBack = (event: ProjectedEvent, rows: RowWriter): void => {
  const [learner, revision] = [learnerOfStream(event.recorded.stream), event.open()?.header.notes?.names];
  if (learner !== undefined && revision !== undefined) rows.remove(factTable, { learner, revision });
};

export const issuesView: Projector = {
  name: 'issues',
  version: 2,
  tables: [factTable],
  types: new Set([...shortOf.keys(), RETRACTED, ERASED]),
  apply: (event, rows) => {
    const type = shortOf.get(event.recorded.type);
    const erasure = event.recorded.type === ERASED ? erasureIn(event.recorded) : undefined;
    if (erasure) rows.remove(factTable, erasure);
    else if (type) add(event, rows, type);
    else removeTakenBack(event, rows);
  },
};
