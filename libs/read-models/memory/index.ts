export { KeptViews, MemoryViewStore } from './memory-view-store.ts';
