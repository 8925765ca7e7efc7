// A broker on a log in KurrentDB that is stopped in the middle of a decision (SIGSTOP) and goes on later (SIGCONT): what it decided before
// does not hold any more, so it is not stored, and nothing is shown by it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EventToSend, signingKeyOf } from '#client';
import { BrokerProcess, freePort, type Settings } from '../broker-process.ts';
import { requestToken } from '../journeys/request-token.ts';
import { about, referral } from '../journeys/told.ts';
import { assessment, consent, registration, Town, ulnOf } from '../journeys/town.ts';
import { HeldWay } from '../kurrentdb/held-way.ts';
import { LogServer } from '../kurrentdb/log-server.ts';
import { copyBesideLog } from './standby-files.ts';

const DECIDED = 'uk.concordat.disclosure.decided.v1';

let folder: string;
let server: LogServer;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stopped-'));
  server = await LogServer.start(join(folder, 'server'));
  process.stdout.write(`STOPPED: ${server.name}\n`);
}, 180_000);
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

interface Passport {
  readonly status: number;
  /** Of the assessment; undefined where none is shown. */
  readonly level: string | undefined;
}

const passportAt = async (url: string, uln: string, token: string): Promise<Passport> => {
  const response = await fetch(`${url}/v1/learners/uln:${uln}/passport`, {
    headers: { authorization: `Bearer ${token}`, purpose: 'plan-learning' },
  });
  const { items } = (await response.json()) as { readonly items?: readonly { readonly category: string; readonly level: string }[] };
  return { status: response.status, level: items?.find(({ category }) => category === 'assessment')?.level };
};

describe('a broker that is stopped in the middle of a disclosure', () => {
  let town: Town;
  let way: HeldWay;
  let broker: BrokerProcess;
  let settings: Settings;
  const uln = ulnOf(1);

  beforeEach(async () => {
    settings = server.settings();
    way = await HeldWay.to(server.url);
    town = await Town.open({ following: true, environment: settings });
    broker = new BrokerProcess(town.data, await freePort(), {
      ...settings,
      KURRENTDB_URL: way.url,
      CONCORDAT_ISSUER: 'http://town.example',
    });
    await broker.start();
    await town.tell('careers', registration(uln, 'c-1'), assessment(uln), referral(uln, 'forge'), consent(uln, 'given'));
  }, 180_000);
  afterEach(async () => {
    await broker.kill();
    await way.close();
    await town.close();
  });

  const tokenFor = async (agency: string): Promise<string> =>
    (await requestToken({ url: broker.url, agency, key: await signingKeyOf(town.keyOf(agency).privateJwk), now: Date.now() })).value;
  const stop = (): void => void process.kill(broker.pid, 'SIGSTOP');
  const goOn = (): void => void process.kill(broker.pid, 'SIGCONT');

  it('while another on its data directory records the withdrawal, decides again, and shows nothing', async () => {
    const token = await tokenFor('forge');
    expect(await passportAt(broker.url, uln, token)).toEqual({ status: 200, level: 'full' });
    way.hold();
    const asking = passportAt(broker.url, uln, token);
    await way.holds(DECIDED);
    stop();
    await town.tell('careers', about(uln, 'consent.withdrawn', { consentId: 'given', by: 'learner' }));
    const withdrawn = await town.node.store.head();
    await town.tell('careers', registration(ulnOf(2), 'c-2'));
    way.letGo();
    goOn();
    expect((await asking).level).not.toBe('full');
    const after = await town.node.store.readAll({ after: withdrawn, limit: 100 });
    expect(after.filter(({ type }) => type === DECIDED).length).toBeGreaterThan(0);
    expect((await town.node.store.integrity()).size).toBe(await town.node.store.head());
  }, 180_000);
});

describe('an active broker that is stopped in the middle of a disclosure', () => {
  const uln = ulnOf(1);
  let town: Town;
  let way: HeldWay;
  let active: BrokerProcess;
  let standby: BrokerProcess;

  beforeAll(async () => {
    const settings = { ...server.settings(), CONCORDAT_ISSUER: 'http://town.example' };
    town = await Town.open({ environment: settings });
    await town.server.close();
    await town.node.close();
    way = await HeldWay.to(server.url);
    active = new BrokerProcess(town.data, await freePort(), { ...settings, KURRENTDB_URL: way.url });
    standby = new BrokerProcess(mkdtempSync(join(folder, 'standby-')), await freePort(), settings);
    await active.start();
  }, 180_000);
  afterAll(async () => {
    await active.kill();
    await standby.kill();
    await way.close();
    rmSync(town.data, { recursive: true });
  });

  const outcomeAt = async ({ url }: BrokerProcess, event: EventToSend): Promise<string> => {
    const body = await town.jws('careers', town.event('careers', event));
    const response = await fetch(`${url}/v1/events`, { method: 'POST', headers: { 'content-type': 'application/jose' }, body });
    if (response.status !== 200) return String(response.status);
    return ((await response.json()) as { readonly receipts: readonly { readonly outcome: string }[] }).receipts[0]?.outcome ?? '';
  };

  it('and woken once a standby has taken over, shows and records nothing more; the standby goes on', async () => {
    for (const event of [registration(uln, 'c-1'), assessment(uln), referral(uln, 'forge'), consent(uln, 'given')])
      expect(await outcomeAt(active, event)).toBe('accepted');
    const key = await signingKeyOf(town.keyOf('forge').privateJwk);
    const token = (await requestToken({ url: active.url, agency: 'forge', key, now: Date.now() })).value;
    expect(await passportAt(active.url, uln, token)).toEqual({ status: 200, level: 'full' });
    way.hold();
    const asking = passportAt(active.url, uln, token);
    await way.holds(DECIDED);
    process.kill(active.pid, 'SIGSTOP');

    copyBesideLog(active.data, standby.data);
    await standby.start();
    expect(await outcomeAt(standby, about(uln, 'consent.withdrawn', { consentId: 'given', by: 'learner' }))).toBe('accepted');
    expect(await outcomeAt(standby, registration(ulnOf(2), 'c-2'))).toBe('accepted');

    way.letGo();
    process.kill(active.pid, 'SIGCONT');
    expect(await asking).toEqual({ status: 503, level: undefined });
    expect(await outcomeAt(active, registration(ulnOf(3), 'c-3'))).toBe('503');
    const ready = await fetch(`${active.url}/health/ready`);
    expect([ready.status, await ready.text()]).toEqual([503, expect.stringContaining('another data directory')]);

    expect((await passportAt(standby.url, uln, token)).level).not.toBe('full');
    expect(await outcomeAt(standby, registration(ulnOf(3), 'c-3'))).toBe('accepted');
    await active.stop();
    await expect(active.start()).rejects.toThrow(/keys.sqlite is an older copy/);
    await standby.stop();
    await expect(standby.command('rebuild', '--verify')).resolves.toMatch(/identical/i);
  }, 180_000);
});
