export * from './advisers.ts';
export * from './follow-ups.ts';
export * from './programmes.ts';
export * from './reviews.ts';
