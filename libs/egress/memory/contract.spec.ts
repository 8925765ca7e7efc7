import { feedLedgerContract } from '../contract/index.ts';
import { MemoryFeedLedger } from './index.ts';

feedLedgerContract('MemoryFeedLedger', () => {
  const ledger = new MemoryFeedLedger();
  return { ledger, reopen: () => new MemoryFeedLedger(ledger), discard: () => undefined };
});
