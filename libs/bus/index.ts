export * from './running.ts';
export * from './use-case.ts';
