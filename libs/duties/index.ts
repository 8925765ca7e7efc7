export * from './answer-clock.ts';
export * from './bearers.ts';
export * from './calendar.ts';
export * from './checklist.ts';
export * from './duties.ts';
export * from './duty-types.ts';
export * from './responsible.ts';
export * from './terms.ts';
