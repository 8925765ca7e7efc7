export * from './sqlite-view-store.ts';
