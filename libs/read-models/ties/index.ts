export * from './claims.query.ts';
export * from './ties.query.ts';
export { parties, places, tiesView } from './ties.view.ts';
