export * from './discard.ts';
export * from './discards.ts';
export * from './quarantine.ts';
export * from './retention.ts';
export * from './shares.ts';
