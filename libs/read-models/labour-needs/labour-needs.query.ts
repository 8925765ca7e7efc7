// The latest published first, each with what others published of the same.
import { proposalsFrom } from '../lists/index.ts';
import { labourNeeds, labourNeedsView } from './labour-needs.view.ts';

export const proposeLabourNeeds = proposalsFrom({
  view: labourNeedsView,
  table: labourNeeds,
  order: ['published_on', 'need', 'source'],
  newestFirst: true,
  anchor: 'published',
  alike: 'need',
});
