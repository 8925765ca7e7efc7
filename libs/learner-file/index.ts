export * from './draft.ts';
export * from './learner-file.ts';
export * from './learner-streams.ts';
export * from './log-writer.ts';
export * from './notice-event.ts';
export * from './own-events.ts';
export * from './stored-contribution.ts';
export { NO_STREAM, StreamCache } from './stream-cache.ts';
export * from './stream-names.ts';
