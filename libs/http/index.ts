export * from './caller.guard.ts';
export * from './problem-codes.ts';
export * from './problem.filter.ts';
export * from './problem.ts';
