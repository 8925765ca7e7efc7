// The document tells the truth: its routes are the routes of a running broker, and what the broker answers is what it describes.
import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose';
import type { OpenApiDocument } from '../../apps/broker/api-docs/openapi.ts';
import { ApiContract } from './api-contract.ts';
import { assessment, consent, fresh, registration, Town, ulnOf } from './town.ts';

const uln = ulnOf(1);
const subject = `uln:${uln}`;
const TEMPLATE = '/v1/learners/{ref}/';

let town: Town;
let contract: ApiContract;

beforeAll(async () => {
  town = await Town.open();
  contract = new ApiContract((await (await fetch(`${town.server.url}/openapi.json`)).json()) as OpenApiDocument);
});
afterAll(() => town.close());

interface Asked {
  readonly status: number;
  readonly code?: string;
  readonly body: {
    readonly receipts?: readonly { readonly outcome: string }[];
    readonly items?: readonly unknown[];
    readonly next?: string;
    readonly [member: string]: unknown;
  };
  readonly text: string;
  readonly headers: Headers;
}

/** Asks the broker, and holds the answer against the document. */
const ask = async (method: 'get' | 'post', path: string, request: RequestInit & { readonly at?: string } = {}): Promise<Asked> => {
  const { at = path, ...init } = request;
  const response = await fetch(`${town.server.url}${at}`, { method, ...init });
  const text = await response.text();
  contract.check({ method, path, response, text });
  const body = response.headers.get('content-type')?.includes('json') ? (JSON.parse(text) as Asked['body']) : {};
  return {
    status: response.status,
    text,
    body,
    headers: response.headers,
    ...(typeof body['code'] === 'string' ? { code: body['code'] } : {}),
  };
};

const post = (body: string | Buffer, headers: Readonly<Record<string, string>> = {}): Promise<Asked> =>
  ask('post', '/v1/events', { body: body.toString(), headers: { 'content-type': 'application/jose', ...headers } });

const read = async (
  agency: string | undefined,
  query: string,
  { ref = subject, search = '', ...headers }: Readonly<Record<string, string>> = {},
): Promise<Asked> =>
  ask('get', `${TEMPLATE}${query}`, {
    at: `/v1/learners/${encodeURIComponent(ref)}/${query}${search}`,
    headers: { ...(agency === undefined ? {} : { authorization: `Bearer ${await town.tokenOf(agency)}` }), ...headers },
  });

const PLAN = { Purpose: 'plan-learning' };

describe('the routes', () => {
  it('of the running broker are those of the document', () => {
    const described = Object.entries(contract.document.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    );
    expect([...described].sort()).toEqual([...new Set(town.server.routes)].sort());
  });

  it('answer with a problem where there is none', async () => {
    const response = await fetch(`${town.server.url}/v2/nothing`);
    expect([response.status, response.headers.get('content-type')]).toEqual([404, 'application/problem+json; charset=utf-8']);
    expect(await response.json()).toMatchObject({ code: 'no-such-route' });
  });
});

describe('receipts', () => {
  const first = assessment(uln);

  it('are as described for every outcome', async () => {
    const send = async (agency: string, ...events: Parameters<Town['event']>[1][]): Promise<readonly string[]> => {
      const { body } = await post(
        await town.jws(
          agency,
          events.map((event) => town.event(agency, event)),
        ),
      );
      return (body.receipts ?? []).map(({ outcome }) => outcome);
    };
    const again = { ...first, id: 'same-id', time: '2026-09-02T09:00:00Z' };
    expect(await send('careers', registration(uln, 'cx-1'), again, consent(uln, fresh('c')))).toEqual(['accepted', 'accepted', 'accepted']);
    expect(await send('careers', again, { ...assessment(uln, { domain: 'numeracy' }), id: 'same-id' })).toEqual(['duplicate', 'conflict']);
    expect(await send('careers', assessment(uln), { ...assessment(uln), id: 'x'.repeat(300) })).toEqual(['already-captured', 'rejected']);
    expect(await send('anvil', assessment(uln))).toEqual(['rejected']);
  });

  it('signed by the broker hold the same, and verify with the published keys', async () => {
    const { text, headers } = await post(await town.jws('careers', town.event('careers', assessment(ulnOf(9)))), {
      accept: 'application/jose',
    });
    expect(headers.get('content-type')).toContain('application/jose');
    const keys = (await ask('get', '/.well-known/jwks.json')).body as unknown as JSONWebKeySet;
    const { payload, protectedHeader } = await compactVerify(text, createLocalJWKSet(keys));
    expect(protectedHeader).toMatchObject({ alg: 'EdDSA', typ: 'concordat-receipts+jws' });
    expect(JSON.parse(Buffer.from(payload).toString())).toMatchObject({
      receipts: [{ outcome: 'rejected', problem: { code: 'no-such-learner' } }],
    });
  });
});

describe('messages that are not taken', () => {
  it.each([
    ['no JWS', 'nonsense', {}, [400, 'not-compact']],
    ['no base64url', 'e30.e30.=', {}, [400, 'not-base64url']],
    [
      'an unknown key',
      `${Buffer.from('{"alg":"EdDSA","kid":"x","cty":"cloudevents+json"}').toString('base64url')}.e30.${'A'.repeat(86)}`,
      {},
      [401, 'unknown-key'],
    ],
    ['too long', 'A'.repeat(1024 * 1024 + 1), {}, [413, 'too-large']],
    ['JSON', '{}', { 'content-type': 'application/json' }, [415, 'unsupported-media-type']],
    ['broken JSON', '{', { 'content-type': 'application/json' }, [415, 'unsupported-media-type']],
    ['text', 'x', { 'content-type': 'text/plain' }, [415, 'unsupported-media-type']],
  ] as const)('because they are %s', async (_what, body, headers, expected) => {
    const { status, code } = await post(body, headers);
    expect([status, code]).toEqual(expected);
  });

  it('because the source is another agency', async () => {
    const { status, code } = await post(await town.jws('careers', town.event('forge', assessment(uln))));
    expect([status, code]).toEqual([401, 'foreign-source']);
  });
});

describe('queries', () => {
  it.each(['passport', 'assessments', 'timeline'])('for the %s are answered as described', async (query) => {
    const { status, body, headers } = await read('careers', query, PLAN);
    expect(status).toBe(200);
    expect(body.items?.length).toBeGreaterThan(0);
    expect(headers.get('concordat-position')).toMatch(/^\d+$/);
  });

  it('go on with the cursor of the page before', async () => {
    const one = await read('careers', 'passport', { ...PLAN, search: '?limit=1' });
    const two = await read('careers', 'passport', { ...PLAN, search: `?limit=1&cursor=${one.body.next}` });
    expect([one.body.items?.length, two.body.items?.length]).toEqual([1, 1]);
    expect(two.body.items).not.toEqual(one.body.items);
  });

  it.each([
    ['no purpose', {}, 'purpose-missing'],
    ['an unknown purpose', { Purpose: 'curiosity' }, 'purpose-unknown'],
    ['no position', { ...PLAN, 'Concordat-Min-Position': 'soon' }, 'position-malformed'],
    ['no limit', { ...PLAN, search: '?limit=many' }, 'limit-malformed'],
    ['no cursor', { ...PLAN, search: '?cursor=next' }, 'cursor-malformed'],
  ] as const)('with %s are 400', async (_what, headers, expected) => {
    const { status, code } = await read('careers', 'passport', headers);
    expect([status, code]).toEqual([400, expected]);
  });

  it('without a token in force are 401', async () => {
    expect(await read(undefined, 'passport', PLAN)).toMatchObject({ status: 401, code: 'no-token' });
    expect(await read(undefined, 'passport', { ...PLAN, authorization: 'Bearer stale' })).toMatchObject({
      status: 401,
      code: 'invalid-token',
    });
  });

  it('of an agency that only has a relationship are 403, with clauses', async () => {
    await town.tell('careers', { type: 'referral.made', subject, data: { referralId: fresh('r'), to: 'forge', route: 'connexions' } });
    const { status, code, body } = await read('forge', 'passport', { Purpose: 'prevent-reoffending' });
    expect([status, code]).toEqual([403, 'not-permitted']);
    expect(body['clauses']).toEqual(expect.any(Array));
  });

  it('about nobody, or somebody else’s learner, are 404', async () => {
    expect(await read('anvil', 'passport', PLAN)).toMatchObject({ status: 404, code: 'no-such-learner' });
    expect(await read('anvil', 'passport', { ...PLAN, ref: `uln:${ulnOf(50)}` })).toMatchObject({ status: 404, code: 'no-such-learner' });
    expect(await read('anvil', 'passport', { ...PLAN, ref: `local:${'\u{1F600}'.repeat(100)}` })).toMatchObject({
      status: 404,
      code: 'no-such-learner',
    });
  });

  it.each(['%zz', `local:${'x'.repeat(2000)}`])('about what is no reference are 400', async (ref) => {
    const { status, code, text } = await ask('get', `${TEMPLATE}passport`, { at: `/v1/learners/${ref}/passport` });
    expect([status, code]).toEqual([400, 'bad-request']);
    expect(text).not.toContain(ref);
  });

  it('for a position yet to come are 503', async () => {
    expect(await read('careers', 'passport', { ...PLAN, 'Concordat-Min-Position': '999999999' })).toMatchObject({
      status: 503,
      code: 'unavailable',
    });
  });
});

describe('the rest', () => {
  it('answers as described', async () => {
    expect((await ask('get', '/.well-known/oauth-authorization-server')).status).toBe(200);
    expect((await ask('get', '/health/live')).body).toEqual({ status: 'live' });
    expect((await ask('get', '/health/ready')).body).toMatchObject({ status: 'ready', position: String(await town.node.store.head()) });
    expect((await ask('get', '/metrics')).text).toContain('concordat_log_position');
    expect((await ask('get', '/openapi.json')).status).toBe(200);
    expect((await ask('get', '/asyncapi.json')).body).toMatchObject({ asyncapi: '3.0.0' });
  });

  const form = (fields: Record<string, string>): RequestInit => ({ body: new URLSearchParams(fields) });
  const CLIENT = { grant_type: 'client_credentials', client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer' };

  it.each([
    ['another grant', form({ grant_type: 'password' }), [400, 'unsupported-grant-type']],
    ['no assertion', form(CLIENT), [400, 'invalid-request']],
    ['broken JSON', { body: '{', headers: { 'content-type': 'application/json' } }, [400, 'bad-request']],
    ['an assertion of nobody', form({ ...CLIENT, client_assertion: 'e30.e30.e30' }), [401, 'invalid-client']],
    ['text', { body: 'x', headers: { 'content-type': 'text/plain' } }, [400, 'unsupported-grant-type']],
    ['a list', { body: '[]', headers: { 'content-type': 'application/json' } }, [400, 'unsupported-grant-type']],
    ['XML', { body: '<x/>', headers: { 'content-type': 'application/xml' } }, [415, 'unsupported-media-type']],
  ] as const)('of the token endpoint answers %s as described', async (_what, request, expected) => {
    const { status, code } = await ask('post', '/oauth/token', request);
    expect([status, code]).toEqual(expected);
  });
});
