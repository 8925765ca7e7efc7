import { usedAssertionsContract } from '../contract/index.ts';
import { MemoryUsedAssertions, type UsedInMemory } from './index.ts';

usedAssertionsContract('MemoryUsedAssertions', async (clock) => {
  const used: UsedInMemory = new Map();
  const open = () => new MemoryUsedAssertions(clock, used);
  return { used: open(), another: open, held: () => used.size, discard: async () => undefined };
});
