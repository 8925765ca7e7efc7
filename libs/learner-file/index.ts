export * from './erasure.ts';
export { type FileCircumstances, FileStanding, type RegisterView, standingIn } from './file-standing.ts';
export * from './learner-file.ts';
export * from './learner-streams.ts';
export * from './notice-event.ts';
export * from './own-events.ts';
export * from './stored-contribution.ts';
export * from './stream-names.ts';
export * from './whom-it-means.ts';
