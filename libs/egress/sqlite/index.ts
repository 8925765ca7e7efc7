export * from './sqlite-feed-ledger.ts';
