// A real broker whose disk takes nothing any more, or whose files another process holds locked: it says what is so, goes on with what it
// can, loses nothing, and all works again by itself when the cause is over.
import { execFile } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { type EventToSend, signingKeyOf } from '#client';
import { BrokerProcess, freePort } from '../broker-process.ts';
import { requestToken } from '../journeys/request-token.ts';
import { fresh, registration, Town, ulnOf } from '../journeys/town.ts';

const run = promisify(execFile);
const RECOVERED_MS = 10_000;

let town: Town;
let broker: BrokerProcess;
let token: string;
const newToken = async (): Promise<string> =>
  (await requestToken({ url: broker.url, agency: 'careers', key: await signingKeyOf(town.keyOf('careers').privateJwk), now: Date.now() }))
    .value;
beforeAll(async () => {
  town = await Town.open({ following: true });
  broker = new BrokerProcess(town.data, await freePort(), { CONCORDAT_ISSUER: 'http://town.example' });
  const complaints = openSync(join(town.data, 'complaints.log'), 'a'); // on the same disk
  await broker.start(complaints);
  closeSync(complaints);
  token = await newToken();
}, 60_000);
afterAll(async () => {
  await broker.stop();
  await town.close();
});

/** No file may grow beyond so many bytes: every write of the process fails from now on, as on a full disk. */
const limitFiles = async (bytes: '1' | 'unlimited'): Promise<void> =>
  void (await run('prlimit', ['--pid', String(broker.pid), `--fsize=${bytes}:`]));

const locks: DatabaseSync[] = [];
/** As a shell with BEGIN IMMEDIATE does, or a copy tool. */
const lock = (file: string): void => {
  const shell = new DatabaseSync(join(town.data, file));
  locks.push(shell);
  shell.exec('BEGIN IMMEDIATE');
};
const unlock = (): void => locks.splice(0).forEach((shell) => shell.close());
afterEach(async () => {
  unlock();
  await limitFiles('unlimited');
});

let learners = 0;
const newcomer = (): EventToSend => {
  const uln = ulnOf(++learners);
  return { id: fresh('newcomer'), time: new Date().toISOString(), ...registration(uln, `c-${uln}`) };
};
const signed = (event: EventToSend): Promise<string> => town.jws('careers', town.event('careers', event));

interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: Readonly<Record<string, unknown>>;
}

const ask = async (path: string, init: RequestInit = {}): Promise<Answer> => {
  const response = await fetch(`${broker.url}${path}`, init);
  return { status: response.status, retryAfter: response.headers.get('retry-after'), body: (await response.json()) as Answer['body'] };
};
const post = (body: string): Promise<Answer> =>
  ask('/v1/events', { method: 'POST', headers: { 'content-type': 'application/jose' }, body });
const passport = (ref: string): Promise<Answer> =>
  ask(`/v1/learners/${ref}/passport`, { headers: { authorization: `Bearer ${token}`, purpose: 'plan-learning' } });
const outcomeOf = ({ body }: Answer): unknown => (body['receipts'] as readonly { readonly outcome: string }[] | undefined)?.[0]?.outcome;
const checksOf = ({ body }: Answer): readonly string[] =>
  (body['reasons'] as readonly { readonly check: string }[] | undefined)?.map(({ check }) => check) ?? [];

/** The first answer with a status, and how long it took to come to it. */
const until = async (status: number, answer: () => Promise<Answer>): Promise<Answer & { readonly ms: number }> => {
  const since = performance.now();
  for (;;) {
    const found = await answer();
    if (found.status === status) return { ...found, ms: performance.now() - since };
    await pause(50);
  }
};

/** The longest that `/health/live` takes to answer while the work is done. */
const slowestLive = async (work: Promise<unknown>): Promise<number> => {
  let [slowest, over] = [0, false];
  const done = work.finally(() => (over = true));
  while (!over) {
    const since = performance.now();
    await ask('/health/live');
    slowest = Math.max(slowest, performance.now() - since);
    await pause(20);
  }
  await done;
  return slowest;
};

const REFUSED = { status: 503, retryAfter: '1', body: expect.objectContaining({ code: 'unavailable' }) };
const NOTHING = { ...REFUSED, body: expect.objectContaining({ detail: expect.stringMatching(/^Nothing was recorded/) }) };

describe('a disk that takes nothing any more', () => {
  it('refuses what would be recorded, answers the rest, says which files fail, and goes on within ten seconds after it', async () => {
    const known = newcomer();
    expect(outcomeOf(await post(await signed(known)))).toBe('accepted');
    const message = await signed(newcomer());
    await limitFiles('1');
    expect(await post(message)).toEqual(REFUSED);
    expect(await passport(known.subject ?? '')).toEqual(REFUSED);
    expect(await post('no message')).toEqual(REFUSED);
    await expect(newToken()).rejects.toThrow();
    expect((await ask('/openapi.json')).status).toBe(200);
    expect(await slowestLive(until(503, () => ask('/health/ready')))).toBeLessThan(2000);
    expect(checksOf(await ask('/health/ready'))).toEqual(expect.arrayContaining(['log', 'disk', 'keys', 'quarantine', 'access', 'views']));
    await limitFiles('unlimited');
    expect((await until(200, () => ask('/health/ready'))).ms).toBeLessThan(RECOVERED_MS);
    expect([outcomeOf(await post(message)), outcomeOf(await post(message))]).toEqual(['accepted', 'duplicate']);
    expect((await passport(known.subject ?? '')).status).toBe(200);
    expect((await post('no message')).status).toBe(400);
    await newToken();
  }, 60_000);
});

describe('a file that another process holds locked', () => {
  const needing: readonly (readonly [string, string, () => Promise<Answer>])[] = [
    ['log', 'log.sqlite', async () => post(await signed(newcomer()))],
    ['keys', 'keys.sqlite', async () => post(await signed(newcomer()))],
    ['quarantine', 'quarantine.sqlite', () => post('no message')],
  ];

  it.each(needing)(
    'is waited for, then refused with a true sentence: %s; others go on',
    async (check, file, work) => {
      lock(file);
      const refused = work();
      expect(await slowestLive(refused)).toBeLessThan(2000);
      expect(await refused).toEqual(NOTHING);
      expect(checksOf(await until(503, () => ask('/health/ready')))).toEqual([check]);
      unlock();
      expect((await until(200, () => ask('/health/ready'))).ms).toBeLessThan(RECOVERED_MS);
      expect((await work()).status).toBe(check === 'quarantine' ? 400 : 200);
    },
    60_000,
  );

  it('leaves open whether all of a message was recorded where only its refused part could not be kept', async () => {
    const refused: EventToSend = { ...newcomer(), subject: 'uln:1234567890' };
    const batch = await town.jws('careers', [town.event('careers', newcomer()), town.event('careers', refused)]);
    lock('quarantine.sqlite');
    expect(await post(batch)).toEqual({ ...REFUSED, body: expect.objectContaining({ detail: expect.stringContaining('not certain') }) });
    unlock();
    const { body } = await post(batch);
    expect((body['receipts'] as readonly { readonly outcome: string }[]).map(({ outcome }) => outcome)).toEqual(['duplicate', 'rejected']);
  }, 60_000);

  it('keeps tokens and views waiting, and nothing else', async () => {
    for (const file of ['access.sqlite', 'views.sqlite']) lock(file);
    const waiting = newToken().catch(() => 'refused');
    expect(outcomeOf(await post(await signed(newcomer())))).toBe('accepted');
    expect(checksOf(await until(503, () => ask('/health/ready')))).toEqual(expect.arrayContaining(['access', 'views']));
    expect(await waiting).toBe('refused');
    unlock();
    expect((await until(200, () => ask('/health/ready'))).ms).toBeLessThan(RECOVERED_MS);
    await newToken();
  }, 60_000);

  it('is had as soon as it is given up: what waited is recorded once', async () => {
    const message = await signed(newcomer());
    lock('log.sqlite');
    const waiting = post(message);
    await ask('/health/live');
    unlock();
    expect(outcomeOf(await waiting)).toBe('accepted');
    expect(outcomeOf(await post(message))).toBe('duplicate');
  }, 30_000);
});

describe('a broker that is told to stop', () => {
  it.each([
    ['while its disk takes nothing', () => limitFiles('1')],
    ['while its log and keys are locked', async () => ['log.sqlite', 'keys.sqlite'].forEach(lock)],
  ])(
    'ends within ten seconds %s',
    async (_when, hold) => {
      await hold();
      const waiting = post(await signed(newcomer())).catch(() => undefined);
      await ask('/health/live');
      const since = performance.now();
      await broker.stop();
      expect(performance.now() - since).toBeLessThan(10_000);
      await waiting;
      unlock();
      await broker.start();
      expect(outcomeOf(await post(await signed(newcomer())))).toBe('accepted');
    },
    60_000,
  );
});
