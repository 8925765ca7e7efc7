// What began and what ended, each by its day, and beside it of which programme it is (views.md, S11).
import type { CatalogueData } from '#catalogue';
import { ERASED, erasureIn, learnerOfStream } from '#learner-file';
import { type ProjectedEvent, type Projector, type RowWriter, table } from '../engine/index.ts';
import { type Anchors, anchorsOf, thingName } from '../lists/index.ts';

/** An end does not say of what kind of programme it is. It keeps its name once it is taken back, when its list still tells that it was. */
export const programmes = table({
  name: 'programmes',
  columns: {
    learner: 'text',
    /** Of the start or the end. */
    revision: 'integer',
    source: 'text',
    category: 'text',
    /** Stands for what its source calls it. */
    programme: 'text',
    /** What it tells of, as long as it is not taken back: of those that stand each record has one of a kind. */
    tells: 'text?',
  },
  key: ['learner', 'revision'],
  indexes: [['learner', 'source', 'programme', 'tells']],
});

/** Of a start that it is a pupil's course, or none. */
export const TELLS = { course: 'course', programme: 'programme', end: 'end' } as const;

const COURSE = 'school-course';
const STARTED = 'uk.concordat.programme.started.v1';
const RETRACTED = 'uk.concordat.record.retracted.v1';

type Named = Partial<CatalogueData['programme.started']>;

const name = (event: ProjectedEvent, rows: RowWriter): void => {
  const { type, stream, revision, meta } = event.recorded;
  const { actor: source, category } = meta;
  const [learner, told] = [learnerOfStream(stream), event.open()?.event];
  if (learner === undefined || category === undefined || told === undefined) return;
  const { programmeId, kind } = told.data as Named;
  const begins = kind === COURSE ? TELLS.course : TELLS.programme;
  const tells = type === STARTED ? begins : TELLS.end;
  rows.put(programmes, { learner, revision, source, category, programme: thingName(programmeId), tells });
};

const takeBack = (event: ProjectedEvent, rows: RowWriter): void => {
  const [learner, revision] = [learnerOfStream(event.recorded.stream), event.open()?.header.notes?.names];
  if (learner !== undefined && revision !== undefined) rows.change(programmes, { learner, revision }, { tells: null });
};

const keep = (event: ProjectedEvent, rows: RowWriter): void => {
  const erasure = event.recorded.type === ERASED ? erasureIn(event.recorded) : undefined;
  if (erasure) rows.remove(programmes, erasure);
  else if (event.recorded.type === RETRACTED) takeBack(event, rows);
  else if (event.recorded.type !== ERASED) name(event, rows);
};

const withProgrammes = (anchors: Anchors): Anchors => {
  const view: Projector = {
    ...anchors.view,
    tables: [...anchors.view.tables, programmes],
    apply: (event, rows) => {
      anchors.view.apply(event, rows);
      keep(event, rows);
    },
  };
  return { ...anchors, view };
};

export const startAnchors = withProgrammes(
  anchorsOf(
    'starts-and-finishes',
    3,
    {
      'programme.started': ({ startedOn, kind }) => (kind === COURSE ? undefined : startedOn),
      'programme.left-early': ({ leftOn }) => leftOn,
      'programme.moved-on': ({ on }) => on,
    },
    { closing: true },
  ),
);

/** Pupils' courses, which are none of a funder's: by themselves, since what was taken back does not say what it was. */
export const courseAnchors = anchorsOf(
  'school-courses',
  1,
  { 'programme.started': ({ startedOn, kind }) => (kind === COURSE ? startedOn : undefined) },
  { closing: true },
);
