export * from './endorsement.decide.ts';
