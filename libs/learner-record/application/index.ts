export * from './application.decide.ts';
