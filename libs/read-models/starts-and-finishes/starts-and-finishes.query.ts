// Of a month: what happened in it and was known when its list closed, and what became known since the list before (views.md, S11, V13).
import type { LearnerId } from '#kernel';
import type { Among, ViewReader } from '../engine/index.ts';
import { type AnchorRow, type ListAsker, mergedPages, ownAnchors, type Proposed, type Proposing, proposeMonth } from '../lists/index.ts';
import { parties, persons, tiesView } from '../ties/index.ts';
import { courseAnchors, programmes, startAnchors } from './starts-and-finishes.view.ts';

const nameOf = async (views: ViewReader, { learner, revision }: AnchorRow): Promise<string | undefined> => {
  const { rows } = await views.rows(startAnchors.view, programmes, { where: { learner, revision }, order: 'revision', limit: 1 });
  return rows[0]?.programme;
};

/** In whichever of a person's records it was told. */
const inRecordsOf = (value: LearnerId): Among<typeof programmes> => {
  const any = [{ table: parties, column: 'learner', value }];
  return { column: 'learner', view: tiesView, any, united: { table: persons, by: 'person' } };
};

/** Whether its start stands, and is of no pupil's course; of several with that name none. */
const isOfProgramme = async (views: ViewReader, end: AnchorRow): Promise<boolean> => {
  const programme = await nameOf(views, end);
  if (programme === undefined) return false;
  const where = { source: end.source, programme };
  const standing = { where, between: { is_course: { from: 0 } }, among: inRecordsOf(end.learner) };
  const { rows } = await views.rows(startAnchors.view, programmes, { ...standing, order: 'is_course', newestFirst: true, limit: 1 });
  return rows[0]?.is_course === 0;
};

/** Others' ends of pupils' courses are proposed to no funder: what is proposed and makes no row, pages of one row each would count. */
const withoutCourses = async (views: ViewReader, { slug, roles }: ListAsker, rows: readonly AnchorRow[]): Promise<readonly AnchorRow[]> => {
  if (!roles.includes('funder')) return rows;
  const kept = await Promise.all(
    rows.map(async (row) => row.source === slug || row.type === 'programme.started' || (await isOfProgramme(views, row))),
  );
  return rows.filter((_, place) => kept[place]);
};

const proposeProgrammes = proposeMonth(startAnchors, { everybody: ['funder'], narrow: withoutCourses });
const proposeCourses = proposeMonth(courseAnchors, { ownAlone: ['funder'] });

export const proposeStarts = async (views: ViewReader, asked: Proposing): Promise<Proposed> =>
  mergedPages(await Promise.all([proposeProgrammes(views, asked), proposeCourses(views, asked)]), { limit: asked.limit });

const [hasOwnProgrammes, hasOwnCourses] = [ownAnchors(startAnchors), ownAnchors(courseAnchors)];

export const hasOwnStarts: typeof hasOwnProgrammes = async (views, asker) =>
  (await hasOwnProgrammes(views, asker)) || hasOwnCourses(views, asker);
