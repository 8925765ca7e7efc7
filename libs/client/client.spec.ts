import { compactVerify, decodeProtectedHeader, importJWK, jwtVerify } from 'jose';
import {
  type AgencyEvent,
  batchesOf,
  ClientError,
  ConcordatClient,
  generateEncryptionKey,
  generateSigningKey,
  signAssertion,
  type Retrying,
  signEvents,
  signingKeyOf,
  toEvent,
} from './index.ts';

const event = (id: string, note = 'x'): AgencyEvent =>
  toEvent('city-yot', {
    type: 'circumstance.noted',
    subject: 'uln:9276308686',
    id,
    time: '2026-03-02T09:00:00Z',
    data: { kind: 'housing', note },
  });

const answering = (...answers: readonly Response[]) => {
  const asked: { url: string; request: RequestInit }[] = [];
  const rest = [...answers];
  const fetch: typeof globalThis.fetch = async (url, request = {}) => {
    asked.push({ url: url instanceof Request ? url.url : String(url), request });
    const answer = rest.shift();
    if (!answer) throw new TypeError('fetch failed');
    return answer;
  };
  return { fetch, asked };
};

const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers });

describe('keys', () => {
  it.each(['EdDSA', 'ES256'] as const)('signs one event with %s so that the public key verifies it', async (alg) => {
    const { kid, publicJwk, privateJwk } = await generateSigningKey(alg);
    const jws = await signEvents(event('e-1'), await signingKeyOf(privateJwk));
    const { payload, protectedHeader } = await compactVerify(jws, await importJWK(publicJwk, alg));
    expect(protectedHeader).toEqual({ alg, kid, cty: 'cloudevents+json' });
    expect(JSON.parse(Buffer.from(payload).toString())).toEqual(event('e-1'));
    expect(publicJwk).not.toHaveProperty('d');
  });

  it('signs several events as one batch', async () => {
    const { privateJwk } = await generateSigningKey();
    expect(decodeProtectedHeader(await signEvents([event('e-1')], await signingKeyOf(privateJwk))).cty).toBe('cloudevents-batch+json');
  });

  it.each(['X25519', 'P-256'] as const)('makes an encryption key on %s', async (crv) => {
    expect((await generateEncryptionKey(crv)).publicJwk).toMatchObject({ crv, use: 'enc', alg: 'ECDH-ES+A256KW' });
  });

  it('refuses what cannot sign', async () => {
    const { publicJwk } = await generateSigningKey();
    const { privateJwk } = await generateEncryptionKey();
    await expect(signingKeyOf(publicJwk)).rejects.toThrow(ClientError);
    await expect(signingKeyOf(privateJwk)).rejects.toMatchObject({ code: 'key-unusable' });
    await expect(signingKeyOf({ kty: 'OKP', crv: 'Ed25519', x: 'AA', d: 'AA' })).rejects.toMatchObject({ code: 'key-unusable' });
  });

  it('asserts who it is, for this issuer and a minute', async () => {
    const { publicJwk, privateJwk } = await generateSigningKey();
    const assertion = await signAssertion('city-yot', 'https://broker.example', await signingKeyOf(privateJwk));
    const { payload } = await jwtVerify(assertion, await importJWK(publicJwk, 'EdDSA'), {
      audience: 'https://broker.example',
      maxTokenAge: 60,
    });
    expect(payload).toMatchObject({ iss: 'city-yot', sub: 'city-yot', jti: expect.any(String) });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(60);
  });
});

describe('batches', () => {
  it('hold at most 500 events', () => {
    expect(batchesOf(Array.from({ length: 1001 }, (_, n) => event(`e-${n}`))).map(({ length }) => length)).toEqual([500, 500, 1]);
  });

  it('fit a message of 1 MiB', () => {
    const large = 'x'.repeat(250 * 1024);
    expect(batchesOf(['a', 'b', 'c', 'd', 'e'].map((id) => event(id, large))).map(({ length }) => length)).toEqual([2, 2, 1]);
  });

  it('refuse an event above 256 KiB', () => {
    expect(() => batchesOf([event('e-1', 'x'.repeat(256 * 1024))])).toThrow(
      new ClientError('event-too-large', 'Event 1 has more than 256 KiB: shorten it.'),
    );
  });
});

describe('the client', () => {
  const client = async (fetch: typeof globalThis.fetch, retrying: Retrying = { attempts: 1 }): Promise<ConcordatClient> =>
    new ConcordatClient({
      url: 'http://broker.example/',
      agency: 'city-yot',
      key: await signingKeyOf((await generateSigningKey()).privateJwk),
      fetch,
      retrying,
    });
  const metadata = { issuer: 'https://broker.example', token_endpoint: 'http://broker.example/oauth/token' };

  const tokenAnswers = (): readonly Response[] => [json(metadata), json({ access_token: 'abc', expires_in: 300 })];

  it('posts one event as such, with its token, and gives its receipt', async () => {
    const receipt = { id: 'e-1', source: 'urn:concordat:agency:city-yot', outcome: 'accepted', position: '7', learner: 'psn:x' };
    const { fetch, asked } = answering(...tokenAnswers(), json({ receipts: [receipt] }));
    await expect((await client(fetch)).send([event('e-1')])).resolves.toEqual([receipt]);
    expect(asked[2]).toMatchObject({ url: 'http://broker.example/v1/events', request: { headers: { authorization: 'Bearer abc' } } });
    expect(decodeProtectedHeader(asked[2]?.request.body as string).cty).toBe('cloudevents+json');
  });

  it('posts the same again where the broker is busy, away, or breaks off', async () => {
    const receipts = [{ id: 'e-1', source: 'urn:concordat:agency:city-yot', outcome: 'duplicate', position: '7' }];
    const busy = new Response('busy', { status: 503, headers: { 'retry-after': '0' } });
    const { fetch, asked } = answering(...tokenAnswers(), busy, new Response('{"rec'), json({ receipts }));
    const pause = async (): Promise<void> => undefined;
    await expect((await client(fetch, { pause })).send([event('e-1')])).resolves.toEqual(receipts);
    const posted = asked.filter(({ url }) => url.endsWith('/v1/events'));
    expect(new Set(posted.map(({ request }) => request.body)).size).toBe(1);
    expect(posted).toHaveLength(3);
  });

  it('fetches one token for several queries', async () => {
    const { fetch, asked } = answering(
      json(metadata),
      json({ access_token: 'abc', expires_in: 300 }),
      json({ items: [1] }),
      json({ items: [2] }),
    );
    const asking = await client(fetch);
    await expect(asking.query('/v1/caseload', { purposes: ['plan-learning', 'support-learner'] })).resolves.toEqual({ items: [1] });
    await expect(asking.query('/v1/caseload', { purposes: ['plan-learning'], minPosition: '9' })).resolves.toEqual({ items: [2] });
    expect(asked.map(({ url }) => new URL(url).pathname)).toEqual([
      '/.well-known/oauth-authorization-server',
      '/oauth/token',
      '/v1/caseload',
      '/v1/caseload',
    ]);
    expect(asked[2]?.request.headers).toEqual({ authorization: 'Bearer abc', purpose: 'plan-learning, support-learner' });
    expect(asked[3]?.request.headers).toMatchObject({ 'concordat-min-position': '9' });
  });

  const file = (body: ReadableStream<Uint8Array>, name = 'caseload-2026-10-06-17.csv') =>
    new Response(body, { headers: { 'content-disposition': `attachment; filename="${name}"` } });

  it('exports a list as it comes, under the name that the broker gives it', async () => {
    let rest: ReadableStreamDefaultController<Uint8Array> | undefined;
    const body = new ReadableStream<Uint8Array>({
      start: (coming) => {
        rest = coming;
        coming.enqueue(Buffer.from('learner\r\n'));
      },
    });
    const { fetch, asked } = answering(...tokenAnswers(), file(body));
    const { name, chunks } = await (await client(fetch)).export('/v1/caseload', { purposes: ['plan-learning'] });
    const reading = chunks[Symbol.asyncIterator]();
    const first = Buffer.from((await reading.next()).value ?? []).toString();
    expect([name, first]).toEqual(['caseload-2026-10-06-17.csv', 'learner\r\n']);
    rest?.close();
    expect((await reading.next()).done).toBe(true);
    expect(asked[2]?.request.headers).toMatchObject({ accept: 'text/csv', purpose: 'plan-learning' });
  });

  it('tells of an export that breaks off', async () => {
    const broken = new ReadableStream<Uint8Array>({ pull: (coming) => coming.error(new TypeError('terminated')) });
    const { fetch } = answering(...tokenAnswers(), file(broken));
    const { chunks } = await (await client(fetch)).export('/v1/caseload', { purposes: ['plan-learning'] });
    await expect(chunks[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'cut-short' });
  });

  it.each(['../../etc/passwd.csv', '/tmp/x.csv', 'x.sh', '.hidden.csv'])('takes no file called %s', async (name) => {
    const { fetch } = answering(...tokenAnswers(), file(new ReadableStream(), name));
    await expect((await client(fetch)).export('/v1/caseload', { purposes: [] })).rejects.toMatchObject({ code: 'not-a-broker' });
  });

  it('looks a learner up by a reference in the body, for a purpose', async () => {
    const { fetch, asked } = answering(...tokenAnswers(), json({ learner: 'psn:x' }));
    await expect((await client(fetch)).lookUp('uln:9276308686', { purposes: ['plan-learning'] })).resolves.toBe('psn:x');
    expect(asked[2]).toMatchObject({
      url: 'http://broker.example/v1/learners/lookup',
      request: { method: 'POST', body: '{"ref":"uln:9276308686"}', headers: { purpose: 'plan-learning' } },
    });
  });

  it('tells a refusal by its code, with what it says beside', async () => {
    const problem = { code: 'not-permitted', detail: 'No clause permits it.', clauses: ['e2e-passport@1#EP3'] };
    const { fetch } = answering(json(metadata), json({ access_token: 'abc', expires_in: 300 }), json(problem, 403));
    await expect((await client(fetch)).query('/v1/learners/x/passport', { purposes: ['plan-learning'] })).rejects.toMatchObject({
      code: 'not-permitted',
      message: 'No clause permits it.',
      status: 403,
      details: { clauses: ['e2e-passport@1#EP3'] },
    });
  });

  it('tells when to come again', async () => {
    const { fetch } = answering(...tokenAnswers(), new Response('busy', { status: 503, headers: { 'retry-after': '2' } }));
    await expect((await client(fetch)).send([event('e-1')])).rejects.toMatchObject({ code: 'http-503', retryAfter: 2 });
  });

  it('tells that nobody answers, and that who answers is no broker', async () => {
    await expect((await client(answering().fetch)).send([event('e-1')])).rejects.toMatchObject({ code: 'unreachable' });
    await expect((await client(answering(json({})).fetch)).token()).rejects.toMatchObject({ code: 'not-a-broker' });
  });
});
