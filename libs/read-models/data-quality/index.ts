export { type OwnEntry, queuedOf } from './data-quality.query.ts';
export { wrongNumbers } from './settled-numbers.query.ts';
