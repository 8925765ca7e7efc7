export * from './erasure.ts';
export * from './stored-events.ts';
export { type FileCircumstances, FileStanding, type RegisterView, standingIn } from './file-standing.ts';
export {
  emptyFile,
  eventInstant,
  evolveFile,
  evolveNotice,
  evolveRepeat,
  foldStored,
  type JustRecorded,
  type LearnerFile,
  recordedOf,
  type WhenOpened,
  type WhenRecorded,
} from './learner-file.ts';
export * from './learner-streams.ts';
