export * from './advisers.ts';
export * from './assessments.ts';
export * from './codes.ts';
export * from './currency.ts';
export * from './destinations.ts';
export * from './follow-ups.ts';
export * from './programmes.ts';
export * from './reviews.ts';
