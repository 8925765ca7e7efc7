export * from './http-form.ts';
export * from './caller.guard.ts';
export * from './problem.filter.ts';
export * from './shares.ts';
export * from './problem.ts';
