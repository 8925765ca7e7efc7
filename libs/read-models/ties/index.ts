export { tiesView } from './ties.view.ts';
export * from './ties.query.ts';
