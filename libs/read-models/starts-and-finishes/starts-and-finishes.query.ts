// Of a month: what happened in it and was known when its list closed, and what became known since the list before (views.md, S11, V13).
import { anchorsOf, mergedPages, ownAnchors, type Proposed, type Proposing, proposeMonth } from '../lists/index.ts';
import type { ViewReader } from '../engine/index.ts';

export const startAnchors = anchorsOf(
  'starts-and-finishes',
  1,
  {
    'programme.started': ({ startedOn, kind }) => (kind === 'school-course' ? undefined : startedOn),
    'programme.left-early': ({ leftOn }) => leftOn,
    'programme.moved-on': ({ on }) => on,
  },
  { closing: true },
);

/** Pupils' courses, which are none of a funder's: by themselves, since what was taken back does not say what it was. */
export const courseAnchors = anchorsOf(
  'school-courses',
  1,
  { 'programme.started': ({ startedOn, kind }) => (kind === 'school-course' ? startedOn : undefined) },
  { closing: true },
);

const proposeProgrammes = proposeMonth(startAnchors, { everybody: ['funder'] });
const proposeCourses = proposeMonth(courseAnchors, { ownAlone: ['funder'] });

export const proposeStarts = async (views: ViewReader, asked: Proposing): Promise<Proposed> =>
  mergedPages(await Promise.all([proposeProgrammes(views, asked), proposeCourses(views, asked)]), { limit: asked.limit });

const [hasOwnProgrammes, hasOwnCourses] = [ownAnchors(startAnchors), ownAnchors(courseAnchors)];

export const hasOwnStarts: typeof hasOwnProgrammes = async (views, asker) =>
  (await hasOwnProgrammes(views, asker)) || hasOwnCourses(views, asker);
