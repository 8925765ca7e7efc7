export * from './custody-error.ts';
export * from './file-faults.ts';
export * from './file-mark.ts';
export * from './log-witness.ts';
export { type MarkedFile, openMarked, type Preparing } from './open-marked.ts';
