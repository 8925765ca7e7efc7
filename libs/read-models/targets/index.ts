export { targetList } from './targets.list.ts';
