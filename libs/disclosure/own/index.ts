export type { OwnAnswer, OwnDisclosure, OwnInquiry, SharingDisclosure } from './ask-for-own.ts';
export { askForOwn, askForOwnSharing } from './ask-for-own.ts';
export type { ClauseTerms, Grounds, OwnFacts } from './own-facts.ts';
export type { ConsentFacts, GoesOn, SharingFacts } from './sharing-facts.ts';
export type { Stop, StopAt } from './stops.ts';
