export * from './erase-learner.ts';
