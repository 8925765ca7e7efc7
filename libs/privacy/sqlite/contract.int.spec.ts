import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vaultContract } from '../contract/index.ts';
import { SqliteVault } from './index.ts';

vaultContract('SqliteVault', async (rootKey) => {
  const folder = await mkdtemp(join(tmpdir(), 'vault-'));
  const open = () => new SqliteVault({ file: join(folder, 'keys.sqlite'), rootKey });
  return { vault: open(), another: open, discard: () => rm(folder, { recursive: true }) };
});
