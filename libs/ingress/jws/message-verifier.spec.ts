import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { fixedClock } from '#kernel';
import { MessageVerifier, type SigningJwk, sourcesOwnedBy, VerifyPool } from './index.ts';
import type { JwsFaultCode } from './jws-fault.ts';

interface Signer {
  readonly alg: 'EdDSA' | 'ES256';
  readonly kid: string;
  readonly jwk: SigningJwk;
  readonly privateKey: KeyObject;
}

const signerOf = (alg: Signer['alg'], kid: string): Signer => {
  const pair = alg === 'EdDSA' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { alg, kid, jwk: pair.publicKey.export({ format: 'jwk' }), privateKey: pair.privateKey };
};
const ed = signerOf('EdDSA', 'kid-ed');
const ec = signerOf('ES256', 'kid-ec');
const unregistered = signerOf('EdDSA', 'kid-nobody');
const registered = new Map([ed, ec].map((signer) => [signer.kid, { agency: `agency-of-${signer.kid}`, jwk: signer.jwk }]));

const b64 = (content: string | Uint8Array): string => Buffer.from(content).toString('base64url');
const headerOf = ({ alg, kid }: Signer, more: object = {}): string => b64(JSON.stringify({ alg, kid, cty: 'cloudevents+json', ...more }));
const signatureOf = ({ alg, privateKey }: Signer, input: string, dsaEncoding: 'ieee-p1363' | 'der' = 'ieee-p1363'): Buffer =>
  alg === 'EdDSA' ? sign(null, Buffer.from(input), privateKey) : sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding });
const seal = (signer: Signer, header: string, payload: string): string =>
  `${header}.${payload}.${b64(signatureOf(signer, `${header}.${payload}`))}`;
const message = (signer: Signer, payload: string | Uint8Array, more: object = {}): string =>
  seal(signer, headerOf(signer, more), b64(payload));
const event = JSON.stringify({ id: '1', source: 'urn:concordat:agency:agency-of-kid-ed' });
const BATCH = { cty: 'cloudevents-batch+json' };

const pool = new VerifyPool({ workers: 0 });
const verifier = new MessageVerifier({ keys: { signingKey: (kid) => registered.get(kid) }, pool, clock: fixedClock(0) });
const verify = async (jws: string) => verifier.verify(Buffer.from(jws));
const refused = async (jws: string): Promise<readonly [JwsFaultCode, number]> => {
  const outcome = await verify(jws);
  if (outcome.ok) throw new Error('It was taken.');
  expect(outcome.error.says).toMatch(/\.$/);
  return [outcome.error.code, outcome.error.status];
};

afterAll(() => pool.close());

describe('a message', () => {
  it.each([ed, ec])('of one event, signed with $alg, gives its agency and its exact bytes', async (signer) => {
    const payload = ' {"id" : "1", "name":"Zoë"}\n';
    const outcome = await verify(message(signer, payload));
    expect(outcome).toMatchObject({
      ok: true,
      value: {
        agency: `agency-of-${signer.kid}`,
        header: { alg: signer.alg, kid: signer.kid, cty: 'cloudevents+json' },
        gaps: [],
        key: signer.jwk,
      },
    });
    const [one] = outcome.ok ? outcome.value.events : [];
    expect(Buffer.from(one?.bytes ?? []).toString()).toBe(payload);
    expect(one?.value).toEqual({ id: '1', name: 'Zoë' });
  });

  it('of many events gives the exact bytes of each and of what stands between them', async () => {
    const elements = ['{"a":"],[,\\"{"}', '{ "b" : [1,{"c":2}] }', '{"é":[[],{}]}'];
    const gaps = ['\n [ ', ',', '\t,\r\n', ' ] '];
    const payload = `${gaps[0]}${elements[0]}${gaps[1]}${elements[1]}${gaps[2]}${elements[2]}${gaps[3]}`;
    const outcome = await verify(message(ed, payload, BATCH));
    const { events, gaps: found } = outcome.ok ? outcome.value : { events: [], gaps: [] };
    expect(events.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual(elements);
    expect(found.map((gap) => Buffer.from(gap).toString())).toEqual(gaps);
    expect(events.map(({ value }) => value)).toEqual(JSON.parse(payload));
  });

  it.each(['[]', ' [ ] '])('may be an empty batch: %j', async (payload) => {
    expect(await verify(message(ed, payload, BATCH))).toMatchObject({ ok: true, value: { events: [] } });
  });

  it('may hold 500 events and no more', async () => {
    const batch = (count: number): string => `[${Array.from({ length: count }, () => '{}').join(',')}]`;
    expect(await verify(message(ed, batch(500), BATCH))).toMatchObject({ ok: true });
    expect(await refused(message(ed, batch(501), BATCH))).toEqual(['too-many-events', 400]);
  });
});

describe('a message that cannot be read is refused with 400', () => {
  const good = message(ed, event);
  const [header = '', payload = '', signature = ''] = good.split('.');

  it.each<[string, JwsFaultCode, string]>([
    ['nothing', 'not-compact', ''],
    ['no dot', 'not-compact', header],
    ['one dot', 'not-compact', `${header}.${payload}`],
    ['extra dots', 'not-compact', `${good}.`],
    ['a fourth part', 'not-compact', `${good}.${signature}`],
    ['JSON serialization', 'not-compact', JSON.stringify({ protected: header, payload, signature })],
    ['padding', 'not-base64url', `${header}.${payload}.${signature}==`],
    ['white space', 'not-base64url', `${header}.${payload} .${signature}`],
    ['a line break at the end', 'not-base64url', `${good}\n`],
    [
      'trailing bits of the signature',
      'not-base64url',
      `${header}.${payload}.${signature.slice(0, -1)}${String.fromCharCode(signature.charCodeAt(85) + 1)}`,
    ],
    ['trailing bits of the header', 'not-base64url', `eyJhIjoxfR.${payload}.${signature}`],
    ['the other alphabet', 'not-base64url', `${header}.${payload}.${'+'.repeat(86)}`],
    ['no header', 'header-not-json', `.${payload}.${signature}`],
    ['a header that is no JSON', 'header-not-json', seal(ed, b64('alg=EdDSA'), payload)],
    ['a header that is no object', 'header-not-json', seal(ed, b64('["EdDSA"]'), payload)],
    ['a header that is null', 'header-not-json', seal(ed, b64('null'), payload)],
    ['a header too long', 'header-not-json', message(ed, event, { note: 'x'.repeat(5000) })],
    [
      'twins in the header',
      'header-duplicate-member',
      seal(ed, b64(`{"alg":"none","alg":"EdDSA","kid":"${ed.kid}","cty":"cloudevents+json"}`), payload),
    ],
    [
      'an escaped name in the header',
      'header-escaped-name',
      seal(ed, b64(`{"\\u0061lg":"none","alg":"EdDSA","kid":"${ed.kid}"}`), payload),
    ],
  ])('%s', async (_, code, jws) => {
    expect(await refused(jws)).toEqual([code, 400]);
  });

  it('too large is 413, before anything else', async () => {
    expect(await refused('?'.repeat(1_048_577))).toEqual(['message-too-large', 413]);
    expect(await refused('?'.repeat(1_048_576))).toEqual(['not-compact', 400]);
  });
});

describe('a message that cannot be attributed is refused with 401 (RFC 8725)', () => {
  const der = (): string => {
    const input = `${headerOf(ec)}.${b64(event)}`;
    return `${input}.${b64(signatureOf(ec, input, 'der'))}`;
  };
  const hmac = (): string => {
    const input = `${b64(JSON.stringify({ alg: 'HS256', kid: ed.kid, cty: 'cloudevents+json' }))}.${b64(event)}`;
    return `${input}.${createHmac('sha256', Buffer.from(ed.jwk.x ?? '', 'base64url'))
      .update(input)
      .digest('base64url')}`;
  };
  const cut = (jws: string, change: (signature: Buffer) => Uint8Array): string => {
    const [header, payload, signature] = jws.split('.');
    return `${header}.${payload}.${b64(change(Buffer.from(signature ?? '', 'base64url')))}`;
  };
  const unsigned = (alg: string): string => `${b64(JSON.stringify({ alg, kid: ed.kid, cty: 'cloudevents+json' }))}.${b64(event)}.`;

  it.each<[string, JwsFaultCode, string]>([
    ['none, without signature', 'algorithm', unsigned('none')],
    ['None, without signature', 'algorithm', unsigned('None')],
    ['none, with signature', 'algorithm', message(ed, event, { alg: 'none' })],
    ['HS256 with the public key as secret', 'algorithm', hmac()],
    ['RS256', 'algorithm', message(ed, event, { alg: 'RS256' })],
    ['alg missing', 'algorithm', message(ed, event, { alg: undefined })],
    ['alg no text', 'algorithm', message(ed, event, { alg: ['EdDSA'] })],
    ['embedded jwk', 'embedded-key', message(unregistered, event, { kid: ed.kid, jwk: unregistered.jwk })],
    ['jku', 'embedded-key', message(ed, event, { jku: 'https://example.org/keys' })],
    ['x5u', 'embedded-key', message(ed, event, { x5u: 'https://example.org/chain' })],
    ['x5c', 'embedded-key', message(ed, event, { x5c: [] })],
    ['x5t', 'embedded-key', message(ed, event, { x5t: 'AA' })],
    ['x5t#S256', 'embedded-key', message(ed, event, { 'x5t#S256': 'AA' })],
    ['unknown crit', 'critical-header', message(ed, event, { crit: ['exp'], exp: 1 })],
    ['empty crit', 'critical-header', message(ed, event, { crit: [] })],
    ['b64 false', 'critical-header', message(ed, event, { b64: false, crit: ['b64'] })],
    ['b64 without crit', 'critical-header', message(ed, event, { b64: false })],
    ['no kid', 'unknown-key', message(ed, event, { kid: undefined })],
    ['a kid that is no text', 'unknown-key', message(ed, event, { kid: [ed.kid] })],
    ['an unknown kid', 'unknown-key', message(unregistered, event)],
    ['a kid that climbs', 'unknown-key', message(ed, event, { kid: '../../../../dev/null' })],
    ['a kid with SQL', 'unknown-key', message(ed, event, { kid: "' OR '1'='1" })],
    ['a kid that is a member of objects', 'unknown-key', message(ed, event, { kid: '__proto__' })],
    ['EdDSA with a P-256 key', 'key-mismatch', message(ed, event, { kid: ec.kid })],
    ['ES256 with an Ed25519 key', 'key-mismatch', message(ec, event, { kid: ed.kid })],
    ["another's signature", 'signature', message(unregistered, event, { kid: ed.kid })],
    ['no signature', 'signature', cut(message(ed, event), () => Buffer.alloc(0))],
    ['ES256 in DER', 'signature', der()],
    ['ES256 of 63 bytes', 'signature', cut(message(ec, event), (bytes) => bytes.subarray(1))],
    ['ES256 of 65 bytes', 'signature', cut(message(ec, event), (bytes) => Buffer.concat([bytes, Buffer.alloc(1)]))],
    [
      'ES256 with zeros before r and s',
      'signature',
      cut(message(ec, event), (bytes) => Buffer.concat([Buffer.alloc(1), bytes.subarray(0, 32), Buffer.alloc(1), bytes.subarray(32)])),
    ],
    ['ES256 all zero', 'signature', cut(message(ec, event), () => Buffer.alloc(64))],
    ['EdDSA of 63 bytes', 'signature', cut(message(ed, event), (bytes) => bytes.subarray(1))],
    ['another payload', 'signature', message(ed, event).replace(b64(event), b64('{}'))],
    ['another header', 'signature', message(ed, event).replace(headerOf(ed), headerOf(ed, { typ: 'JOSE' }))],
  ])('%s', async (_, code, jws) => {
    expect(await refused(jws)).toEqual([code, 401]);
  });

  it('is not looked into: its content and content type matter only once the signature holds', async () => {
    for (const bad of [
      message(unregistered, 'no JSON', { kid: ed.kid }),
      message(unregistered, event, { kid: ed.kid, cty: 'text/plain' }),
    ]) {
      expect(await refused(bad)).toEqual(['signature', 401]);
    }
  });
});

describe('a message whose signer is known but whose content cannot be taken is refused with 400', () => {
  it.each<[string, JwsFaultCode, string]>([
    ['no cty', 'content-type', message(ed, event, { cty: undefined })],
    ['another cty', 'content-type', message(ed, event, { cty: 'application/json' })],
    ['a cty that is no text', 'content-type', message(ed, event, { cty: ['cloudevents+json'] })],
    ['no JSON', 'content-not-json', message(ed, '{"id":')],
    ['an empty payload', 'content-not-json', message(ed, '')],
    ['no UTF-8', 'content-not-json', message(ed, Buffer.from('227bff7d22', 'hex'))],
    ['a byte order mark', 'content-not-json', message(ed, `\ufeff${event}`)],
    ['twin members', 'content-duplicate-member', message(ed, '{"id":"1","id":"2"}')],
    ['an escaped name', 'content-escaped-name', message(ed, '{"id":"1","\\u0069d":"2"}')],
    ['twin members deep down in a batch', 'content-duplicate-member', message(ed, '[{"id":"1"},{"data":[{"a":1,"a":1}]}]', BATCH)],
    ['too deep', 'content-too-deep', message(ed, '{"a":'.repeat(65) + '1' + '}'.repeat(65))],
    ['an array, not a batch', 'not-events', message(ed, '[{}]')],
    ['text', 'not-events', message(ed, '"event"')],
    ['null', 'not-events', message(ed, 'null')],
    ['an object as batch', 'not-events', message(ed, '{}', BATCH)],
    ['a batch of other things', 'not-events', message(ed, '[{},1]', BATCH)],
    ['a batch of arrays', 'not-events', message(ed, '[[]]', BATCH)],
  ])('%s', async (_, code, jws) => {
    expect(await refused(jws)).toEqual([code, 400]);
  });
});

describe('sources', () => {
  const from = (source: unknown) => ({ bytes: new Uint8Array(), value: { source } });

  it("must be the signer's", () => {
    const mine = from('urn:concordat:agency:a');
    expect(sourcesOwnedBy('a', [mine, mine])).toBeUndefined();
    for (const foreign of ['urn:concordat:agency:b', 'urn:concordat:agency:A', 'urn:concordat:broker:a', 'a', '']) {
      expect(sourcesOwnedBy('a', [mine, from(foreign)])).toMatchObject({ code: 'foreign-source', status: 401 });
    }
  });

  it('that are missing claim nothing of another', () => {
    expect(sourcesOwnedBy('a', [from(undefined), from(7)])).toBeUndefined();
  });
});
