// Spellings that HTTP allows and client libraries use, and what every answer on every route has in common.
import { connect } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { registration, Town, ulnOf } from './town.ts';

const uln = ulnOf(1);
/** What may be kept for a while by whoever fetched it, and how long. */
const KEPT: Readonly<Record<string, string>> = { '/v1/prospectus': 'public, max-age=60', '/v1/prospectus/feed': 'public, max-age=60' };
const PUBLIC = ['/openapi.json', '/asyncapi.json', '/.well-known/oauth-authorization-server', '/.well-known/jwks.json'];
let town: Town;
let authorization: string;
let routes: readonly (readonly [string, string])[];
beforeAll(async () => {
  town = await Town.open();
  await town.tell('careers', registration(uln, 'c-1'));
  authorization = `Bearer ${await town.tokenOf('careers')}`;
  routes = town.server.routes.map((route) => [route.split(' ')[0] ?? '', (route.split(' ')[1] ?? '').replace(':ref', 'local:c-1')]);
});
afterAll(() => town.close());

const ask = (method: string, path: string, request: RequestInit = {}): Promise<Response> =>
  fetch(`${town.server.url}${path}`, { ...request, method });
const read = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
  ask('GET', path, { headers: { authorization, purpose: 'plan-learning', ...headers } });
const told = async (response: Response): Promise<unknown> => [
  response.status,
  ((await response.json()) as { readonly code?: string }).code,
];

/** What comes back for bytes on a bare connection. */
const raw = (text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(town.server.url);
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(text));
    socket
      .setEncoding('utf8')
      .on('data', (part: string) => (answer += part))
      .on('error', reject)
      .on('close', () => resolve(answer));
  });
const request = (line: string, ...headers: readonly string[]): Promise<string> =>
  raw([`${line} HTTP/1.1`, 'Host: x', 'Connection: close', ...headers, '', ''].join('\r\n'));

describe('a body', () => {
  const message = async (): Promise<string> => town.jws('careers', town.event('careers', registration(ulnOf(2), 'c-2')));
  const coded = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync };

  it.each(Object.keys(coded) as (keyof typeof coded)[])('that is compressed gets 415, which names %s and what is taken', async (coding) => {
    const response = await town.post(coded[coding](await message()), { 'content-encoding': coding.toUpperCase() });
    expect([response.status, response.headers.get('accept-encoding')]).toEqual([415, 'identity']);
    expect(await response.json()).toMatchObject({
      code: 'unsupported-media-type',
      detail: expect.stringContaining(`Content-Encoding: ${coding}`),
    });
  });

  it('of an unheard-of coding gets 415 that does not repeat it, among others and on every route', async () => {
    for (const path of ['/v1/events', '/oauth/token', '/v1/learners/lookup']) {
      const response = await ask('POST', path, {
        headers: { authorization, 'content-encoding': 'identity, zaphod', 'content-type': 'application/json' },
        body: '{}',
      });
      const text = await response.text();
      expect([path, response.status, text.includes('zaphod')]).toEqual([path, 415, false]);
    }
  });

  it.each(['identity', 'Identity', '', ' , identity,'])('as it is is taken, also where that is said: %j', async (coding) => {
    expect((await town.post(await message(), { 'content-encoding': coding })).status).toBe(200);
  });

  it.each(['application/jose', 'Application/JOSE', 'application/jose; charset=utf-8', 'application/jose;charset="UTF-8"'])(
    'of the type %j is taken',
    async (type) => {
      expect((await town.post(await message(), { 'content-type': type })).status).toBe(200);
    },
  );

  it('is waited for until it is asked for', async () => {
    const answer = await request(
      'POST /v1/events',
      'Expect: 100-continue',
      'Content-Type: application/jose',
      'Content-Length: 3',
      '',
      'abc',
    );
    expect(answer).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 400 /);
  });
});

describe('a query', () => {
  it.each([' plan-learning , ,plan-learning,', 'plan-learning,', ',plan-learning', '\tplan-learning ,, support-learner'])(
    'names its purposes in a list as RFC 9110 has it: %j',
    async (purpose) => {
      expect((await read(`/v1/learners/uln:${uln}/passport`, { purpose })).status).toBe(200);
    },
  );

  it.each([' , ,', ''])('that names none is 400: %j', async (purpose) => {
    expect(await told(await read(`/v1/learners/uln:${uln}/passport`, { purpose }))).toEqual([400, 'purpose-missing']);
  });

  it.each(['0x10', '1e2', '', '%2050', '50%20', '+5', '010', '1.0', '0', '501', '-1', 'NaN', '%D9%A1'])(
    'has a limit in digits, and not %s',
    async (limit) => {
      expect(await told(await read(`/v1/learners/uln:${uln}/passport?limit=${limit}`))).toEqual([400, 'limit-malformed']);
      expect(await told(await read(`/v1/ties?limit=${limit}`))).toEqual([400, 'limit-malformed']);
    },
  );

  it.each(['limit=1&limit=500', 'cursor=a&cursor=b', 'limit=1&x=1&x=2'])('has each parameter once: %s', async (search) => {
    for (const path of [`/v1/learners/uln:${uln}/passport`, '/v1/ties', '/v1/notices'])
      expect(await told(await read(`${path}?${search}`))).toEqual([400, 'bad-request']);
  });

  it.each(['99999999999999999999', '1, 2', '0x1', '1e3', '-1'])('has a position in digits, and not %s', async (position) => {
    expect(await told(await read(`/v1/learners/uln:${uln}/passport`, { 'concordat-min-position': position }))).toEqual([
      400,
      'position-malformed',
    ]);
  });
});

describe('every route', () => {
  it('tells caches to store nothing, but for what is the same for everybody, and browsers to guess nothing', async () => {
    for (const [method, path] of routes) {
      for (const headers of [{}, { authorization, purpose: 'plan-learning' }]) {
        const { status, headers: answered } = await ask(method, path, { headers });
        const stores = PUBLIC.includes(path) && status === 200;
        expect([method, path, answered.get('x-content-type-options'), answered.get('cache-control')]).toEqual([
          method,
          path,
          'nosniff',
          stores ? null : (status === 200 && KEPT[path]) || 'no-store',
        ]);
      }
    }
  });

  it('answers other methods with 405 and those that it takes', async () => {
    const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY', 'PURGE', 'LINK'];
    for (const path of new Set(routes.map(([, one]) => one))) {
      const taken = routes.filter(([, one]) => one === path).flatMap(([method]) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
      for (const method of methods.filter((one) => !taken.includes(one))) {
        const [head = ''] = (await request(`${method} ${path}`)).split('\r\n\r\n');
        expect([method, path, /^HTTP\/1.1 (\d+)/.exec(head)?.[1], /^allow: (.*)$/im.exec(head)?.[1]]).toEqual([
          method,
          path,
          '405',
          taken.join(', '),
        ]);
      }
    }
  });

  it('answers HEAD as GET, without a body', async () => {
    for (const [, path] of routes.filter(([method]) => method === 'GET')) {
      const headers = { authorization, purpose: 'plan-learning' };
      const [get, head] = [await ask('GET', path, { headers }), await ask('HEAD', path, { headers })];
      expect([path, head.status, head.headers.get('content-type'), await head.text()]).toEqual([
        path,
        get.status,
        get.headers.get('content-type'),
        '',
      ]);
      await get.text();
    }
  });

  it('is that route too where its target names scheme and host', async () => {
    const answer = await request('GET http://x/v1/notices', `Authorization: ${authorization}`);
    expect(answer).toMatch(/^HTTP\/1.1 200 /);
    expect(answer).toMatch(/^cache-control: no-store\r$/im);
    expect(await request('DELETE http://x/v1/notices')).toMatch(/^HTTP\/1.1 405 /);
  });
});

describe('a fault of the broker that nobody foresaw', () => {
  const faulty = (): never => {
    throw new TypeError('Zaphod');
  };

  it('says nothing of itself, whether it is met in a route or before', async () => {
    jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    for (const [part, method] of [
      [town.node.limits, 'check'],
      [town.node.tokens, 'askerOf'],
    ] as const) {
      const spy = jest.spyOn(part as unknown as Record<string, () => never>, method).mockImplementation(faulty);
      const response = await ask('GET', '/v1/notices', { headers: { authorization: 'Bearer x' } });
      spy.mockRestore();
      const text = await response.text();
      expect([response.status, response.headers.get('content-type'), response.headers.get('cache-control')]).toEqual([
        500,
        expect.stringContaining('application/problem+json'),
        'no-store',
      ]);
      expect(JSON.parse(text)).toMatchObject({ code: 'internal' });
      expect(text).not.toContain('Zaphod');
    }
    jest.restoreAllMocks();
  });
});

describe('what is no route, or no request', () => {
  it.each(['/', '/v1', '/v2/events', '/v1/notices/', '/v1/Notices', '/v1/learners//passport', '//v1/notices', '/metrics/x'])(
    '%s is 404, by whatever method, and not stored',
    async (path) => {
      for (const method of ['GET', 'POST', 'DELETE', 'PROPFIND', 'PURGE', 'QUERY', 'LINK', 'OPTIONS']) {
        const answer = await request(`${method} ${path}`);
        expect([method, answer.split('\r\n', 1)[0]]).toEqual([method, 'HTTP/1.1 404 Not Found']);
        expect(answer).toMatch(/^cache-control: no-store\r$/im);
      }
    },
  );

  it('expects something else than to go on: 417', async () => {
    const answer = await request('POST /v1/events', 'Expect: zaphod', 'Content-Length: 0');
    expect(answer).toMatch(/^HTTP\/1.1 417 [^]*x-content-type-options: nosniff/i);
  });

  it('makes no series of figures of its own', async () => {
    for (let n = 0; n < 30; n++) await ask('GET', `/v1/learners/uln:1234567890/secret-${n}`);
    for (const method of ['PROPFIND', 'QUERY', 'MKCOL', 'LINK', 'M-SEARCH', 'NONSENSE']) await request(`${method} /v1/secret-${method}`);
    const series = (await (await ask('GET', '/metrics')).text())
      .split('\n')
      .filter((line) => line.startsWith('concordat_http_request_duration_seconds_count'));
    expect(series.join('\n')).not.toMatch(/secret|1234567890|zaphod/i);
    const routeless = series.flatMap((line) => /method="(\w+)",route="none",status="(\d+)"/.exec(line)?.slice(1).join(' ') ?? []);
    expect(routeless.sort()).toEqual(['any 404', 'any 405']);
  });

  it.each([
    ['400', 'bad-request', 'NONSENSE /v1/events HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['400', 'bad-request', 'zaphod\r\n\r\n'],
    ['400', 'bad-request', 'POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n'],
    ['431', 'headers-too-large', `GET /health/live HTTP/1.1\r\nHost: x\r\nX: ${'z'.repeat(20_000)}\r\n\r\n`],
  ])('is told so as a problem, %s %s', async (status, code, text) => {
    const [head = '', body = ''] = (await raw(text)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    for (const header of ['content-type: application/problem+json', 'x-content-type-options: nosniff', 'cache-control: no-store'])
      expect(head).toContain(header);
    expect(JSON.parse(body)).toMatchObject({ status: Number(status), code, detail: expect.stringMatching(/\.$/) });
    expect(body).not.toMatch(/zaphod|zzz/);
  });
});
