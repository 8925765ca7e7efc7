// The latest stated first, each with what was stated of the same.
import { proposalsFrom } from '../lists/index.ts';
import { figures, targetsView } from './targets.view.ts';

export const proposeTargets = proposalsFrom({
  view: targetsView,
  table: figures,
  order: ['stated_on', 'figure', 'kind', 'source'],
  newestFirst: true,
  anchor: 'stated',
  alike: 'figure',
});
