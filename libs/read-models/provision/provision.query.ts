// The latest listed first.
import { proposalsFrom } from '../lists/index.ts';
import { provision, provisionView } from './provision.view.ts';

export const proposeProvision = proposalsFrom({
  view: provisionView,
  table: provision,
  order: ['listed_on', 'provision', 'source'],
  newestFirst: true,
  anchor: 'listed',
});
