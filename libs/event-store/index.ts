export { type Connection, connectionOf } from './connection-string.ts';
export * from './event-store.ts';
export { leafOf } from './record-form.ts';
export type { Reached, StreamSeal } from './stream-seal.ts';
export * from './stream-state.ts';
export * from './tail/index.ts';
export * from './upcast.ts';
