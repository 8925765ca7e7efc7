// Awards of every learner, by what names them, until they are taken back, and which are there again (views.md, S22; ADR 0067).
import type { CatalogueData } from '#catalogue';
import { ERASED, erasureIn, learnerOfStream } from '#learner-file';
import { awardName, isSameDays } from '../documents/index.ts';
import { type ProjectedEvent, type Projector, type Row, type RowOf, type RowWriter, table } from '../engine/index.ts';
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
  key: ['learner', 'award', 'revision'],
});

type Award = RowOf<typeof awards>;

/** Of all agencies' words together; no slug is empty. */
export const EVERYBODY = '';

/** The later ones of awards that are one: of what one agency recorded by itself, and of all. */
export const again = table({
  name: 'again',
  columns: {
    learner: 'text',
    words: 'text',
    revision: 'integer',
    /** The one before. */
    first: 'integer',
    known_at: 'integer',
    position: 'integer',
    /** Whose the two are. */
    sources: 'text',
  },
  key: ['learner', 'words', 'revision'],
  indexes: [['words', 'learner', 'revision']],
  conclusions: {
    of: 'awards',
    by: 'learner',
    draw: (rows): readonly Row[] => againIn(rows as readonly Award[]),
    beside: ({ award = null }) => [{ where: { award } }],
  },
});

const againAmong = (words: string, all: readonly Award[]): readonly RowOf<typeof again>[] =>
  all.flatMap((one, place) => {
    const before = all.slice(0, place).find(({ award, day }) => award === one.award && isSameDays(day, one.day));
    if (!before) return [];
    const { learner, revision, known_at, position } = one;
    return [{ learner, words, revision, first: before.revision, known_at, position, sources: `${before.source} ${one.source}` }];
  });

const againIn = (rows: readonly Award[]): readonly RowOf<typeof again>[] => {
  const all = rows.toSorted((one, other) => one.revision - other.revision);
  return [...Map.groupBy(all, ({ source }) => source), [EVERYBODY, all] as const].flatMap(([words, some]) => againAmong(words, some));
};

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
  version: 3,
  tables: [awards, again],
  types: new Set([RECORDED, RETRACTED, ERASED]),
  apply: (event, rows) => {
    const erasure = event.recorded.type === ERASED ? erasureIn(event.recorded) : undefined;
    if (erasure) rows.remove(awards, erasure);
    else if (event.recorded.type === RECORDED) add(event, rows);
    else removeTakenBack(event, rows);
  },
};
