export * from './bearers.ts';
export * from './duties.ts';
export * from './terms.ts';
