export * from './erasure.ts';
export * from './stored-events.ts';
export { type FileCircumstances, FileStanding, type RegisterView, standingIn } from './file-standing.ts';
export {
  emptyFile,
  eventInstant,
  evolveFile,
  evolveNotice,
  evolveRepeat,
  type JustRecorded,
  type LearnerFile,
  recordedOf,
  type WhenOpened,
  type WhenRecorded,
} from './learner-file.ts';
export { type ConflictsDecided, withDecision } from './conflicts-decided.ts';
export * from './learner-streams.ts';
export { bestKnown, circumstancesOf, type FileLookup, standingOf, whomItMeans } from './whom-it-means.ts';
export {
  conflictId,
  isMergeEvent,
  LEARNER_MERGED,
  LEARNER_UNMERGED,
  learnersOfMatch,
  MATCH_DECIDED,
  isTieMatch,
  MATCH_KINDS,
  QUEUE_KINDS,
  type QueueKind,
  queueId,
  TIE_KINDS,
  type TieKind,
  MATCH_OUTCOMES,
  type MatchDecided,
  matchId,
  UNDER_NUMBER_ALONE,
  type Waiting,
  waitingId,
  waitingIn,
  type MatchKind,
  type MatchOutcome,
  type Merged,
  mergedPayload,
  placeIn,
  type StreamPlace,
  streamPlaceOf,
  type United,
} from './merges.ts';
export { placedNotes } from './united-file.ts';
export { openMatchDecided, saysNotOfWhom, waitingAfter } from './waiting.ts';
export {
  addToFile,
  type EventOfFile,
  eventsOfFile,
  fileAt,
  homeIn,
  membersOf,
  missingFile,
  nextPlace,
  requireFile,
  whoIs,
} from './united-streams.ts';
export { decisionsAfter, isDecidedIn, type MatchShown } from './decided-since.ts';
