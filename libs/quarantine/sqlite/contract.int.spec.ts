import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quarantineContract } from '../contract/index.ts';
import { SqliteQuarantine } from './index.ts';

quarantineContract('SqliteQuarantine', async ({ vault, clock }) => {
  const folder = await mkdtemp(join(tmpdir(), 'quarantine-'));
  return {
    open: (shares) => new SqliteQuarantine(join(folder, 'quarantine.sqlite'), vault, { shares, clock }),
    discard: () => rm(folder, { recursive: true }),
  };
});
