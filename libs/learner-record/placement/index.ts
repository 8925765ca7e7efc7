export * from './placement.decide.ts';
