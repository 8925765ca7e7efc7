// Of a month: what happened in it and was known when its list closed, and what became known since the list before (views.md, S11, V13).
import type { LearnerId } from '#kernel';
import type { StreamPlace } from '#learner-file';
import type { Among, RowOf, ViewReader } from '../engine/index.ts';
import {
  type AnchorRow,
  type ListAsker,
  mergedPages,
  type NarrowedRow,
  ownAnchors,
  type Proposed,
  type Proposing,
  proposeMonth,
} from '../lists/index.ts';
import { parties, persons, tiesView } from '../ties/index.ts';
import { courseAnchors, programmes, startAnchors, TELLS } from './starts-and-finishes.view.ts';

const nameOf = async (views: ViewReader, { learner, revision }: AnchorRow): Promise<string | undefined> => {
  const { rows } = await views.rows(startAnchors.view, programmes, { where: { learner, revision }, order: 'revision', limit: 1 });
  return rows[0]?.programme;
};

/** In whichever of a person's records it was told. */
const inRecordsOf = (value: LearnerId): Among<typeof programmes> => {
  const any = [{ table: parties, column: 'learner', value }];
  return { column: 'learner', view: tiesView, any, united: { table: persons, by: 'person' } };
};

type Named = RowOf<typeof programmes>;

/** More records than one person has; a course would come first. */
const MOST = 100;

/** What stands of its programme, in whichever of the person's records: starts, courses before others, and ends. */
const standingWith = async (views: ViewReader, end: AnchorRow): Promise<readonly Named[]> => {
  const programme = await nameOf(views, end);
  if (programme === undefined) return [];
  const standing = { where: { source: end.source, programme }, between: { tells: { from: '' } }, among: inRecordsOf(end.learner) };
  return (await views.rows(startAnchors.view, programmes, { ...standing, order: 'tells', limit: MOST })).rows;
};

/** Whether a start of it stands, and none is of a pupil's course. */
const isOfProgramme = (standing: readonly Named[]): boolean =>
  standing.some(({ tells }) => tells === TELLS.programme) && !standing.some(({ tells }) => tells === TELLS.course);

const placeOf = ({ learner, revision }: Pick<Named, 'learner' | 'revision'>): StreamPlace => ({ learner, revision });

/**
 * An end makes no row where another of its programme does. Others' ends of pupils' courses are proposed to no funder, and for a funder's
 * rows nothing is looked at but what is of the programme: what a row rests on would tell of a course beside it.
 */
const narrowedEnd = async (views: ViewReader, { slug, roles }: ListAsker, row: AnchorRow): Promise<readonly NarrowedRow[]> => {
  const standing = await standingWith(views, row);
  const others = standing.filter(({ learner, revision }) => learner !== row.learner || revision !== row.revision);
  const ends = others.filter(({ tells }) => tells === TELLS.end);
  const first = row.withdrawn_at === null && ends.length > 0 && { unlessAfter: ends.map(placeOf) };
  if (!roles.includes('funder')) return [{ row, beside: { ...first } }];
  if (row.source !== slug && !isOfProgramme(standing)) return [];
  return [{ row, beside: { ...first, making: [row, ...others].map(placeOf) } }];
};

/** Of a start nothing else is looked at for a funder's row. */
const narrowedRow = async (views: ViewReader, asker: ListAsker, row: AnchorRow): Promise<readonly NarrowedRow[]> => {
  if (row.type !== 'programme.started') return narrowedEnd(views, asker, row);
  return [{ row, ...(asker.roles.includes('funder') && { beside: { making: [placeOf(row)] } }) }];
};

const narrowed = async (views: ViewReader, asker: ListAsker, rows: readonly AnchorRow[]): Promise<readonly NarrowedRow[]> =>
  (await Promise.all(rows.map((row) => narrowedRow(views, asker, row)))).flat();

const proposeProgrammes = proposeMonth(startAnchors, { everybody: ['funder'], narrow: narrowed });
const proposeCourses = proposeMonth(courseAnchors, { ownAlone: ['funder'], narrow: narrowed });

export const proposeStarts = async (views: ViewReader, asked: Proposing): Promise<Proposed> =>
  mergedPages(await Promise.all([proposeProgrammes(views, asked), proposeCourses(views, asked)]), { limit: asked.limit });

const [hasOwnProgrammes, hasOwnCourses] = [ownAnchors(startAnchors), ownAnchors(courseAnchors)];

export const hasOwnStarts: typeof hasOwnProgrammes = async (views, asker) =>
  (await hasOwnProgrammes(views, asker)) || hasOwnCourses(views, asker);
