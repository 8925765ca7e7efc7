export * from './discards.ts';
export * from './quarantine.ts';
export * from './shares.ts';
