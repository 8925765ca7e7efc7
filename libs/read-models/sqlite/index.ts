export * from './sqlite-view-store.ts';
export * from './storing-thread.ts';
