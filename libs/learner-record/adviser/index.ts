export * from './adviser.decide.ts';
