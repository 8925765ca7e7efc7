export * from './by-type.ts';
export type * from './contribution.ts';
export * from './one-copy.ts';
export * from './outcome.ts';
export * from './pace.ts';
