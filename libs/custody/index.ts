export * from './file-faults.ts';
export * from './file-mark.ts';
