export * from './event-store.ts';
export { leafOf } from './record-form.ts';
export * from './stream-state.ts';
export * from './upcast.ts';
