export { askForList } from './ask-for-list.ts';
export type * from './list-question.ts';
export { LIST_DECIDED, type ListDecided, type ListInputs, type ListPart, listIn, listStream, openList } from './list-record.ts';
export { replayList } from './replay-list.ts';
