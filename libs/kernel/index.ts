export * from './clock.ts';
export * from './in-use.ts';
export * from './names.ts';
export * from './result.ts';
export { inSlices, Pace, workInSlices } from './pace.ts';
export * from './problem-details.ts';
export * from './steady-clock.ts';
