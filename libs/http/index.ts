export * from './answer-headers.ts';
export * from './caller.guard.ts';
export * from './problem-codes.ts';
export * from './problem.filter.ts';
export * from './problem.ts';
export * from './undeclared-methods.ts';
