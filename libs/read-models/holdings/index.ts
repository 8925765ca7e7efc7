export { holdings } from './holdings.view.ts';
export * from './holdings.query.ts';
