export type { WorkplaceRow } from './workplaces.answer.ts';
export { workplaceList } from './workplaces.list.ts';
