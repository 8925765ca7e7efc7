export * from './leaving.decide.ts';
