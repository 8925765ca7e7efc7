export * from './event-store.ts';
export * from './stream-state.ts';
