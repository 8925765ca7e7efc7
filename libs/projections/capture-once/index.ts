export { captureOnce } from './capture-once.projector.ts';
export * from './capture-once.queries.ts';
