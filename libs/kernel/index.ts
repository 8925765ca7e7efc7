export * from './clock.ts';
export * from './decider.ts';
export * from './names.ts';
export * from './problem-details.ts';
export * from './result.ts';
export * from './steady-clock.ts';
