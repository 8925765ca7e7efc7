import { eventStoreContract } from '../contract/index.ts';
import { MemoryEventStore, MemoryLog } from './index.ts';

eventStoreContract('MemoryEventStore', async () => {
  const log = new MemoryLog();
  const open = () => new MemoryEventStore({ log });
  return { store: open(), another: async () => open(), discard: async () => undefined };
});
