export { labourNeedList } from './labour-needs.list.ts';
