export { tiesView } from './ties.projector.ts';
export * from './ties.queries.ts';
