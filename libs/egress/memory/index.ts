export { MemoryFeedLedger } from './memory-feed-ledger.ts';
