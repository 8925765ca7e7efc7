export * from './sqlite-view-store.ts';
export * from './storing-threads.ts';
