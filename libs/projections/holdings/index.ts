export { holdings } from './holdings.projector.ts';
export * from './holdings.queries.ts';
