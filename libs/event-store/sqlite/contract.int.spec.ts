import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventStoreContract } from '../contract/index.ts';
import { SqliteEventStore } from './index.ts';

eventStoreContract('SqliteEventStore', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'log-'));
  const open = () => SqliteEventStore.open({ file: join(folder, 'log.sqlite') });
  return { store: open(), another: async () => open(), discard: () => rm(folder, { recursive: true }) };
});
