export { type OwnEntry, queuedOf } from './data-quality.query.ts';
