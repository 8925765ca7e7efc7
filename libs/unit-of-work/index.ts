export * from './draft.ts';
export type { Held } from './held-streams.ts';
export * from './log-writer.ts';
export type { Missing } from './missing.ts';
export { Rounds, untilComplete } from './missing.ts';
export { type PlainEvent, type PlainWrite, sealedEvent } from './plain-event.ts';
export { type Packing, packingOf } from './packed-state.ts';
export { NO_STREAM, StreamCache } from './stream-cache.ts';
