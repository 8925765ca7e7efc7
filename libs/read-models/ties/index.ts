export * from './claims.query.ts';
export * from './ties.query.ts';
export { recordsBeside } from './persons.query.ts';
export { parties, persons, places, tiesView } from './ties.view.ts';
