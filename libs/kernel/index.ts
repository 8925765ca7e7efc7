export * from './clock.ts';
export * from './durations.ts';
export * from './in-use.ts';
export * from './names.ts';
export * from './result.ts';
export { Pace } from './pace.ts';
export * from './problem-details.ts';
export { inSlices, workInSlices } from './slices.ts';
export * from './steady-clock.ts';
