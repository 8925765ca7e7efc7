export { waitingParties, type WaitingParty } from './tie-judge.ts';
export { TIES_TOLD, type TiesTold, tiesToldEvent } from './ties-told.ts';
export { type TieCandidate, type TieJudge, type WaitingTie, WaitingTies } from './waiting-ties.ts';
