// The whole contract over the stand-in, and over a real server where KURRENTDB_URL names one.
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KurrentServer } from '../../../test/kurrentdb/kurrent-server.ts';
import { eventStoreContract } from '../contract/index.ts';
import { KurrentEventStore } from './index.ts';

const real = process.env['KURRENTDB_URL'];
process.stdout.write(
  `EVENT STORE CONTRACT: run against the stand-in${real ? ' AND the server of KURRENTDB_URL' : '; KURRENTDB_URL is not set: NO REAL SERVER'}\n`,
);

const server = await KurrentServer.start();
afterAll(() => server.stop());

const freshOn = (url: string) => async () => {
  const folder = await mkdtemp(join(tmpdir(), 'replica-'));
  const stream = `contract-${randomUUID()}`;
  const open = () => KurrentEventStore.open({ file: join(folder, 'log.sqlite'), url, stream });
  return { store: await open(), another: open, discard: () => rm(folder, { recursive: true }) };
};

eventStoreContract('KurrentEventStore on the stand-in', freshOn(server.url));
if (real) eventStoreContract('KurrentEventStore on a real server', freshOn(real));
