export { gapList } from './provision-gaps.list.ts';
