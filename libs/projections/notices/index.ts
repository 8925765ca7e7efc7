export { noticesView } from './notices.projector.ts';
export * from './notices.queries.ts';
