export { askForList } from './ask-for-list.ts';
export type * from './list-question.ts';
export { LIST_DECIDED, type ListDecided, listEvent, listStream, openList } from './list-record.ts';
