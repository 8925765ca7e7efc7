export { type Connection, connectionOf } from './connection-string.ts';
export * from './event-store.ts';
export { leafOf } from './record-form.ts';
export * from './stream-state.ts';
export * from './tail/index.ts';
export * from './upcast.ts';
