import { viewStoreContract } from '../contract/index.ts';
import { KeptViews, MemoryViewStore } from './index.ts';

viewStoreContract('memory', () => {
  const kept = new KeptViews();
  return { views: new MemoryViewStore(kept), another: () => new MemoryViewStore(kept), discard: () => undefined };
});
