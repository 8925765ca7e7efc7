export { captureOnce } from './capture-once.view.ts';
export * from './capture-once.query.ts';
