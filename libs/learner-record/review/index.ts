export * from './review.decide.ts';
