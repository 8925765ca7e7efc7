// Entries of the quarantine judged again by two commands at once, beside a broker that takes in the same events: each counts once.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JWK } from 'jose';
import { type AgencyEvent, type Receipt, signEvents, signingKeyOf, toEvent } from '#client';
import { BrokerProcess, freePort } from '../broker-process.ts';

const EVENTS = 24;
const FLOOD = 40;
const AGENCIES = [
  ['careers', 'connexions'],
  ['forge', 'provider'],
] as const;

let folder: string;
let broker: BrokerProcess;
const keys = (slug: string): string => join(folder, slug);
const keyOf = async (slug: string) => signingKeyOf(JSON.parse(readFileSync(join(keys(slug), 'signing-private.json'), 'utf8')) as JWK);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'retry-'));
  broker = new BrokerProcess(join(folder, 'data'), await freePort());
  for (const [slug, role] of AGENCIES) {
    await broker.command('keygen', '--out', keys(slug));
    await broker.command(
      'agency',
      'add',
      '--slug',
      slug,
      '--role',
      role,
      '--name',
      slug,
      '--signing-key',
      join(keys(slug), 'signing-public.json'),
    );
  }
  await broker.start();
}, 240_000);
afterAll(async () => {
  await broker.stop();
  rmSync(folder, { recursive: true });
});

const registered = (n: number): AgencyEvent => {
  const data = { localId: `F-${n}`, givenName: 'Sam', familyName: `Example-${n}`, dateOfBirth: '2010-05-06' };
  return toEvent('forge', { type: 'learner.registered', subject: `local:F-${n}`, id: `e-${n}`, time: '2026-03-01T09:00:00Z', data });
};
const post = async (body: string): Promise<Response> =>
  fetch(`${broker.url}/v1/events`, { method: 'POST', headers: { 'content-type': 'application/jose' }, body });
const receiptOf = async (n: number): Promise<Receipt | undefined> => {
  const response = await post(await signEvents(registered(n), await keyOf('forge')));
  expect(response.status).toBe(200);
  return ((await response.json()) as { readonly receipts: readonly Receipt[] }).receipts[0];
};
const numbers = Array.from({ length: EVENTS }, (_, n) => n);
const retryAll = async (): Promise<string> =>
  broker
    .command('quarantine', 'retry', '--all')
    .catch((cause: { readonly stdout: string; readonly stderr: string }) => `${cause.stdout}${cause.stderr}`);

describe('two retries beside a running broker', () => {
  it('record each event once, and lose none', async () => {
    for (const n of numbers) expect((await receiptOf(n))?.problem?.code).toBe('role-not-allowed');
    for (const [slug] of AGENCIES)
      await broker.command('protocol', 'sign', 'e2e-passport', '--agency', slug, '--key', join(keys(slug), 'signing-private.json'));
    const flood = Promise.all(Array.from({ length: FLOOD }, async () => (await post('rubbish')).status));
    const sentAgain = Promise.all(numbers.map(receiptOf));
    const printed = (await Promise.all([retryAll(), retryAll()])).join('\n');
    expect(printed).not.toMatch(/locked|not foreseen|internal/);
    expect(new Set(await flood)).toEqual(new Set([400]));
    const receipts = await sentAgain;
    const again = await Promise.all(numbers.map(receiptOf));
    expect(again.map((receipt) => receipt?.outcome)).toEqual(numbers.map(() => 'duplicate'));
    expect(new Set(again.map((receipt) => receipt?.position)).size).toBe(EVENTS);
    const accepted = receipts.filter((receipt) => receipt?.outcome === 'accepted' || receipt?.outcome === 'duplicate');
    expect(accepted).toHaveLength(EVENTS);
  }, 240_000);

  it('leave every entry settled, and the flood beside them kept', async () => {
    await retryAll();
    const listed = JSON.parse(await broker.command('quarantine', 'list', '--json')) as readonly {
      readonly kind: string;
      readonly state: string;
      readonly outcome?: string;
    }[];
    const events = listed.filter(({ kind }) => kind === 'event');
    expect(events.map(({ state }) => state)).toEqual(numbers.map(() => 'resolved'));
    expect(new Set(events.map(({ outcome }) => outcome))).toEqual(
      new Set(['accepted', 'duplicate'].filter((one) => events.some(({ outcome }) => outcome === one))),
    );
    expect(listed.filter(({ kind }) => kind === 'message')).toHaveLength(FLOOD);
  }, 240_000);
});
