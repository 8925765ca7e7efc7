import { vaultContract } from '../contract/index.ts';
import { MemoryKeys, MemoryVault } from './index.ts';

vaultContract('MemoryVault', async (rootKey) => {
  const keys = new MemoryKeys();
  const open = () => new MemoryVault({ rootKey, keys });
  return { vault: open(), another: open, discard: async () => undefined };
});
