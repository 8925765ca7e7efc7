export { type KnownTo, knownTo } from './known-to.ts';
export { type ClauseTerms, type Grounds, type OwnFacts, ownFactsFor } from './own-facts.ts';
export { type ConsentFacts, type GoesOn, type SharingFacts, sharingFactsFor } from './sharing-facts.ts';
export { type Stop, type StopAt, stopsIn } from './stops.ts';
