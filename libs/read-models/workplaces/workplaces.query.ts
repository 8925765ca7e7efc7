// The latest first, each with the others of the same workplace.
import { proposalsFrom } from '../lists/index.ts';
import { workplaces, workplacesView } from './workplaces.view.ts';

export const proposeWorkplaces = proposalsFrom({
  view: workplacesView,
  table: workplaces,
  order: ['assessed_on', 'workplace', 'assessed'],
  newestFirst: true,
  anchor: 'assessed',
  alike: 'workplace',
});
