export * from './inclusion.ts';
export * from './merkle.ts';
