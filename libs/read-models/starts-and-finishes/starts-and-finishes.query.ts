// Of a month: what happened in it and was known when its list closed, and what became known since the list before (views.md, S11, V13).
import { anchorsOf, ownAnchors, proposeMonth } from '../lists/index.ts';

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

export const proposeStarts = proposeMonth(startAnchors, { everybody: ['funder'] });
export const hasOwnStarts = ownAnchors(startAnchors);
