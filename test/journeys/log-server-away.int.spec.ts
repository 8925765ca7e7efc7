// A broker whose log is in KurrentDB while the server is away or not what it was: nothing is told to be recorded that is not, nobody is
// answered whose look cannot be recorded, and it goes on by itself.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseConfig } from '../../apps/broker/config.ts';
import { openNode } from '../../apps/broker/node.ts';
import { KurrentServer } from '../kurrentdb/kurrent-server.ts';
import { registration, Town, ulnOf } from './town.ts';

const server = await KurrentServer.start();
const environment = { CONCORDAT_STORE: 'kurrentdb', KURRENTDB_URL: server.url, CONCORDAT_LOG_STREAM: 'concordat-town' };
let town: Town;
beforeAll(async () => {
  town = await Town.open({ following: true, environment });
}, 60_000);
afterAll(async () => {
  await town.close();
  await server.stop();
});

const register = (n: number) => registration(ulnOf(n), `c-${n}`);
const ready = async (): Promise<{ readonly status: number; readonly text: string }> => {
  const response = await fetch(`${town.server.url}/health/ready`);
  return { status: response.status, text: await response.text() };
};
/** Whatever is said on the way there: a connection that is lost is known before what its server holds. */
const becomes = async (status: number, says = ''): Promise<void> => {
  for (;;) {
    const found = await ready();
    if (found.status === status && found.text.includes(says)) return;
    await pause(50);
  }
};

describe('while the server of the log is away', () => {
  it('senders and askers are told 503 with Retry-After, readiness names the log; afterwards what was sent is recorded once', async () => {
    await town.tell('careers', register(0));
    const jws = await town.jws('careers', town.event('careers', register(1)));
    const authorization = `Bearer ${await town.tokenOf('careers')}`;
    await server.faults.takeDown();
    await becomes(503, 'The log cannot be read or written');
    const refused = await town.post(jws, { authorization });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await refused.json()).toMatchObject({ code: 'unavailable', detail: expect.stringContaining('Nothing was recorded') });
    expect((await town.passport('careers', 'plan-learning', `uln:${ulnOf(0)}`)).status).toBe(503);
    // What was recorded is told from the replica.
    expect((await town.node.store.readAll({ direction: 'backwards', limit: 1 })).length).toBe(1);
    await server.faults.bringUp();
    await becomes(200);
    const outcomes = [];
    for (let time = 0; time < 2; time++) {
      const { receipts } = (await (await town.post(jws, { authorization })).json()) as {
        readonly receipts: readonly { readonly outcome: string }[];
      };
      outcomes.push(receipts[0]?.outcome);
    }
    expect(outcomes).toEqual(['accepted', 'duplicate']);
    expect((await town.passport('careers', 'plan-learning', `uln:${ulnOf(0)}`)).status).toBe(200);
  }, 60_000);

  it('no broker starts, and it is said why', async () => {
    await server.faults.takeDown();
    const data = mkdtempSync(join(tmpdir(), 'late-'));
    const opening = openNode(parseConfig({ ...environment, CONCORDAT_DATA: data }), { verifyWorkers: 0 });
    await expect(opening).rejects.toThrow(/KurrentDB .*See to KURRENTDB_URL and to the server\./);
    rmSync(data, { recursive: true });
    await server.faults.bringUp();
    await becomes(200);
  }, 60_000);
});

describe('a second data directory on the log of a broker', () => {
  it('without that broker’s keys, is not opened', async () => {
    const data = mkdtempSync(join(tmpdir(), 'second-'));
    const opening = openNode(parseConfig({ ...environment, CONCORDAT_DATA: data }), { verifyWorkers: 0 });
    await expect(opening).rejects.toThrow(/keys.sqlite is missing, and log.sqlite counts on it/);
    rmSync(data, { recursive: true });
  }, 30_000);
});

describe('a stream restored older under a broker that runs', () => {
  it('is not written to; the broker is not ready', async () => {
    const { revision } = await lastOf();
    server.faults.truncate('concordat-town', revision - 2);
    await becomes(503, 'the server holds an older copy');
    const refused = await town.post(await town.jws('careers', town.event('careers', register(2))));
    expect(refused.status).toBe(503);
  }, 60_000);
});

/** The place of the last entry, as the replica knows it. */
const lastOf = async (): Promise<{ readonly revision: number }> => ({ revision: await town.node.store.head() });
