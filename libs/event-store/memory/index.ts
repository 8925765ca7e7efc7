export { MemoryEventStore, type MemoryEventStoreOptions } from './memory-event-store.ts';
export { MemoryLog } from './memory-log.ts';
