export * from './sqlite-view-store.ts';
export { type StoringTerms, type ViewsModule } from './storing-thread.ts';
export * from './storing-threads.ts';
