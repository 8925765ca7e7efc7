export * from './programme.decide.ts';
