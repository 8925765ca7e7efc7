export { askForList } from './ask-for-list.ts';
export { askForTies, type TieCandidate, TIES, type TiesAnswer, type TiesInquiry, type WaitingTie } from './ask-for-ties.ts';
export type * from './list-question.ts';
export { LIST_DECIDED, type ListDecided, listEvent, listStream, openList, type RecordedThings } from './list-record.ts';
export { replayPage } from './replay-page.ts';
export { mayVouch, waitingParties } from './waiting-parties.ts';
