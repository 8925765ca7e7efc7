export * from './bearers.ts';
export * from './duties.ts';
