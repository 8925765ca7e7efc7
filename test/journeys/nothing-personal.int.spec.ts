// Canary data in every place where a sender or reader can put it: none of it may reach the log lines, the metrics or the problems of a
// broker, nor lie readable in its files.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import type { AgencyEvent } from '#client';
import { tellLogin } from '../../apps/broker/login-log.ts';
import { assessment, consent, registration, Town, ulnOf } from './town.ts';

const CANARY = 'Zebedee';
const uln = ulnOf(77);
const subject = `uln:${uln}`;
const CANARIES = [/zebedee/i, new RegExp(uln)];

let town: Town;
const written: string[] = [];
const problems: string[] = [];
const statuses = new Set<number>();

const capture = (stream: NodeJS.WriteStream): void => {
  jest.spyOn(stream, 'write').mockImplementation((chunk: unknown) => {
    written.push(String(chunk));
    return true;
  });
};

beforeAll(async () => {
  town = await Town.open({ logins: tellLogin });
  capture(process.stdout);
  capture(process.stderr);
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    jest.spyOn(console, method).mockImplementation((...told: unknown[]) => void written.push(told.map(String).join(' ')));
  }
});

afterAll(async () => {
  jest.restoreAllMocks();
  await town.close();
});

/** Keeps what a problem or a rejection says; a receipt's id and source are the sender's own words, given back to the sender. */
const ask = async (path: string, request: RequestInit = {}): Promise<number> => {
  const response = await fetch(`${town.server.url}${path}`, request);
  const text = await response.text();
  statuses.add(response.status);
  if (response.status >= 400) problems.push(text);
  if (response.status === 200 && text.startsWith('{"receipts"')) {
    const { receipts } = JSON.parse(text) as { readonly receipts: readonly { readonly problem?: unknown }[] };
    problems.push(...receipts.map(({ problem }) => JSON.stringify(problem ?? '')));
  }
  return response.status;
};

const post = (body: string, type = 'application/jose'): Promise<number> =>
  ask('/v1/events', { method: 'POST', body, headers: { 'content-type': type } });
const send = async (...events: readonly AgencyEvent[]): Promise<number> => post(await town.jws('careers', events));
const altered = (event: AgencyEvent, changes: Readonly<Record<string, unknown>>): AgencyEvent => ({ ...event, ...changes });
const base64 = (text: string): string => Buffer.from(text).toString('base64url');

const person = { givenName: CANARY, familyName: `${CANARY}-Smith`, contact: `${CANARY}@example.org` };
const read = async (ref: string, headers: Readonly<Record<string, string>>, search = ''): Promise<number> =>
  ask(`/v1/learners/${ref}/passport${search}`, { headers: { authorization: `Bearer ${await town.tokenOf('careers')}`, ...headers } });

const sendGoodEvents = async (): Promise<void> => {
  const events = [
    registration(uln, `${CANARY}-1`, person),
    assessment(uln, { outcome: { level: 'entry-3', summary: `${CANARY} reads well.` } }),
    consent(uln, `${CANARY}-consent`),
  ];
  const receipts = await town.send('careers', ...events);
  expect(receipts.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted', 'accepted']);
};

const sendFaultyEvents = async (): Promise<void> => {
  const good = town.event('careers', registration(uln, `${CANARY}-2`, person));
  const data = good.data as Readonly<Record<string, unknown>>;
  const faults: readonly Readonly<Record<string, unknown>>[] = [
    { id: '' },
    { time: CANARY },
    { subject: `${CANARY}:1` },
    { subject: `local:${CANARY}-unknown` },
    { type: `uk.concordat.${CANARY}.v1` },
    { datacontenttype: CANARY },
    { [`${CANARY}!`]: 1 },
    { extension: { [CANARY]: CANARY } },
    { data: CANARY },
    { data: { ...data, [CANARY]: CANARY } },
    { data: { ...data, dateOfBirth: CANARY } },
    { data: { ...data, sex: CANARY } },
    { data: { ...data, uln: ulnOf(78) } },
    { data: { ...data, contact: { [CANARY]: CANARY } } },
    { data: { ...data, familyName: CANARY.repeat(50_000) } },
  ];
  for (const [n, fault] of faults.entries()) expect(await send(altered(good, { id: `${CANARY}-${n}`, ...fault }))).toBe(200);
};

const sendFaultyMessages = async (): Promise<void> => {
  const header = (more: Readonly<Record<string, unknown>>): string =>
    base64(JSON.stringify({ alg: 'EdDSA', kid: CANARY, cty: 'cloudevents+json', ...more }));
  const body = base64(JSON.stringify({ givenName: CANARY }));
  const messages = [
    CANARY,
    `${CANARY}.${body}.${body}`,
    `${header({})}.${body}.${'A'.repeat(86)}`,
    `${header({ alg: CANARY })}.${body}.${'A'.repeat(86)}`,
    `${header({ [CANARY]: { [CANARY]: 1 } })}.${body}.${'A'.repeat(86)}`,
    `${base64(`{"${CANARY}":1,"${CANARY}":2`)}.${body}.${body}`,
    await town.jws('careers', town.event('forge', registration(uln, CANARY, person))),
    ...(await Promise.all([`{"${CANARY}":1,"${CANARY}":2}`, `{"${CANARY}`, `"${CANARY}"`].map((text) => signedText(text)))),
  ];
  for (const message of messages) expect([400, 401]).toContain(await post(message));
  for (const type of ['application/json', 'text/plain', `application/${CANARY}`]) await post(`{"${CANARY}": ${CANARY}}`, type);
};

/** Text that is no event, signed by an agency all the same. */
const signedText = async (text: string): Promise<string> => {
  const { CompactSign, importJWK } = await import('jose');
  const { kid, privateJwk } = town.keyOf('careers');
  return new CompactSign(Buffer.from(text))
    .setProtectedHeader({ alg: 'EdDSA', kid, cty: 'cloudevents+json' })
    .sign(await importJWK(privateJwk, 'EdDSA'));
};

const readFaultily = async (): Promise<void> => {
  const PLAN = { Purpose: 'plan-learning' };
  for (const ref of [subject, `local:${CANARY}-1`, `local:${CANARY}-none`, `psn:${CANARY}`, CANARY, `%zz${CANARY}`, CANARY.repeat(400)])
    await read(ref, PLAN);
  await read(subject, { Purpose: CANARY });
  await read(subject, { ...PLAN, 'Concordat-Min-Position': CANARY });
  await read(subject, PLAN, `?limit=${CANARY}`);
  await read(subject, PLAN, `?cursor=${CANARY}`);
  await read(subject, { ...PLAN, authorization: `Bearer ${CANARY}` });
  await read(subject, { ...PLAN, authorization: CANARY });
  await ask(`/v1/${CANARY}/${uln}?${CANARY}=${CANARY}`);
  const token = { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' } };
  const client = 'grant_type=client_credentials&client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
  await ask('/oauth/token', { ...token, body: `${client}&client_assertion=${CANARY}` });
  await ask('/oauth/token', {
    ...token,
    body: `${client}&client_assertion=${base64(`{"kid":"${CANARY}"}`)}.${base64(`{"sub":"${CANARY}"}`)}.AAAA`,
  });
  await ask('/oauth/token', { ...token, body: `grant_type=${CANARY}` });
  await ask('/oauth/token', { method: 'POST', headers: { 'content-type': 'application/json' }, body: `{"${CANARY}": ${CANARY}}` });
};

/** What nobody foresaw: an error that quotes data. */
const fail = async (): Promise<void> => {
  const quoting = Object.assign(new SyntaxError(`Unexpected token at ${CANARY}\n    at ${CANARY}`), {
    cause: new Error(CANARY),
    data: { name: CANARY },
  });
  const reading = jest.spyOn(town.node.gate, 'ask').mockRejectedValueOnce(quoting);
  expect(await read(subject, { Purpose: 'plan-learning' })).toBe(500);
  reading.mockRestore();
  const judging = jest.spyOn(town.node.intake, 'receive').mockRejectedValueOnce(quoting);
  expect(await post(CANARY)).toBe(500);
  judging.mockRestore();
};

it('personal data stays out of logs, metrics, problems and readable files', async () => {
  await sendGoodEvents();
  await sendFaultyEvents();
  await sendFaultyMessages();
  await readFaultily();
  await fail();
  const metrics = await (await fetch(`${town.server.url}/metrics`)).text();

  expect([...statuses].sort()).toEqual([200, 400, 401, 404, 415, 500]);
  expect(written.join('')).toContain('internal');
  expect(written.join('')).toContain('[Access]');
  expect(metrics).toContain('route="/v1/learners/:ref/passport"');
  expect(metrics).toContain('route="none"');
  for (const canary of CANARIES) {
    expect(written.filter((line) => canary.test(line))).toEqual([]);
    expect(metrics.split('\n').filter((line) => canary.test(line))).toEqual([]);
    expect(problems.filter((problem) => canary.test(problem))).toEqual([]);
    const readable = readdirSync(town.data).filter((file) => canary.test(readFileSync(join(town.data, file), 'latin1')));
    expect(readable).toEqual([]);
  }
}, 60_000);
