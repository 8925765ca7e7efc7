// Awards of every learner, by what names them, until they are taken back (views.md, S22).
import type { CatalogueData } from '#catalogue';
import { ERASED, erasureIn, learnerOfStream } from '#learner-file';
import { awardName } from '../documents/index.ts';
import { type ProjectedEvent, type Projector, type RowWriter, table } from '../engine/index.ts';
import { thingName } from '../lists/index.ts';

export const awards = table({
  name: 'awards',
  columns: {
    learner: 'text',
    revision: 'integer',
    position: 'integer',
    known_at: 'integer',
    category: 'text',
    source: 'text',
    /** Fingerprint of kind, title and level. */
    award: 'text',
    day: 'text',
  },
  key: ['learner', 'revision'],
  indexes: [['source', 'learner', 'revision']],
});

const RECORDED = 'uk.concordat.achievement.recorded.v1';
const RETRACTED = 'uk.concordat.record.retracted.v1';

const add = (event: ProjectedEvent, rows: RowWriter): void => {
  const { stream, revision, position, meta, recordedAt: known_at } = event.recorded;
  const learner = learnerOfStream(stream);
  const data = event.open()?.event?.data as Partial<CatalogueData['achievement.recorded']> | undefined;
  if (learner === undefined || meta.category === undefined || data?.title === undefined || data.awardedOn === undefined) return;
  const named = { award: thingName(awardName(data)), day: data.awardedOn };
  rows.put(awards, { learner, revision, position, known_at, category: meta.category, source: meta.actor, ...named });
};

const removeTakenBack = (event: ProjectedEvent, rows: RowWriter): void => {
  const [learner, revision] = [learnerOfStream(event.recorded.stream), event.open()?.header.notes?.names];
  if (learner !== undefined && revision !== undefined) rows.remove(awards, { learner, revision });
};

export const duplicatesView: Projector = {
  name: 'duplicates',
  version: 1,
  tables: [awards],
  types: new Set([RECORDED, RETRACTED, ERASED]),
  apply: (event, rows) => {
    const erasure = event.recorded.type === ERASED ? erasureIn(event.recorded) : undefined;
    if (erasure) rows.remove(awards, erasure);
    else if (event.recorded.type === RECORDED) add(event, rows);
    else removeTakenBack(event, rows);
  },
};
