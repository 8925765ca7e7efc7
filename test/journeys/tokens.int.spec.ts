// Who asks is proved by a token (contracts.md, HTTP): five minutes, for this broker alone, got with an assertion that is good once.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importJWK, type JWK, SignJWT } from 'jose';
import { signingKeyOf } from '#client';
import { fixedClock } from '#kernel';
import { openNode } from '../../apps/broker/node.ts';
import { base64url } from './raw-message.ts';
import { postAssertion, requestToken, type TokenRequest } from './request-token.ts';
import { registration, Town, ulnOf } from './town.ts';
import { MORNING } from './told.ts';

const clock = fixedClock(MORNING);
const uln = ulnOf(1);
let town: Town;
beforeAll(async () => {
  town = await Town.open({ clock });
  await town.tell('careers', registration(uln, 'c-1'));
});
afterAll(() => town.close());

const ask = async (authorization?: string): Promise<Response> => {
  const headers = { purpose: 'plan-learning', ...(authorization === undefined ? {} : { authorization }) };
  return fetch(`${town.server.url}/v1/learners/uln:${uln}/passport`, { headers });
};
const statusWith = async (token: string): Promise<number> => (await ask(`Bearer ${token}`)).status;

const requestBy = async (agency: string, claims: TokenRequest['claims'] = {}): Promise<TokenRequest> => ({
  url: town.server.url,
  agency,
  key: await signingKeyOf(town.keyOf(agency).privateJwk),
  now: clock.now(),
  claims,
});

/** A token as the broker would sign it, with other claims or header. */
const forged = async (claims: Readonly<Record<string, unknown>>, typ = 'at+jwt'): Promise<string> => {
  const jwk = JSON.parse(readFileSync(join(town.data, 'broker-key.json'), 'utf8')) as JWK;
  const iat = Math.floor(clock.now() / 1000);
  const payload = { iss: 'http://town.example', aud: 'http://town.example', sub: 'careers', iat, exp: iat + 300, jti: 'x', ...claims };
  return new SignJWT(payload).setProtectedHeader({ alg: 'EdDSA', typ }).sign(await importJWK(jwk, 'EdDSA'));
};

describe('a query', () => {
  it('without a token gets 401 that says how to authenticate', async () => {
    const response = await ask();
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect(await response.json()).toMatchObject({ code: 'no-token' });
  });

  it.each(['Bearer x', 'Bearer a.b.c', 'Basic eDp5'])('with %s gets 401', async (authorization) => {
    expect((await ask(authorization)).status).toBe(401);
  });

  it('is answered as its token says who asks, and nobody else', async () => {
    expect(await statusWith(await town.tokenOf('careers'))).toBe(200);
    expect(await statusWith(await town.tokenOf('forge'))).toBe(404);
  });

  it('with a token of the right form is answered, with any other is not', async () => {
    expect(await statusWith(await forged({}))).toBe(200);
    expect(await statusWith(await forged({ aud: 'http://other.example' }))).toBe(401);
    expect(await statusWith(await forged({ iss: 'http://other.example' }))).toBe(401);
    expect(await statusWith(await forged({}, 'JWT'))).toBe(401);
    const [, payload] = (await forged({})).split('.');
    expect(await statusWith(`${base64url(JSON.stringify({ alg: 'none', typ: 'at+jwt' }))}.${payload}.`)).toBe(401);
  });

  it('of an agency that nobody registered is by nobody', async () => {
    expect(await statusWith(await forged({ sub: 'stranger' }))).toBe(401);
  });

  it('is read whatever the case in which the scheme of its token is written', async () => {
    const token = await town.tokenOf('careers');
    expect(await Promise.all(['bearer', 'BEARER'].map(async (scheme) => (await ask(`${scheme} ${token}`)).status))).toEqual([200, 200]);
  });

  it('is answered for five minutes, and not a second longer', async () => {
    const { value, seconds } = await requestToken(await requestBy('careers'));
    expect(seconds).toBe(300);
    const issued = clock.now();
    clock.set(issued + 299_000);
    expect(await statusWith(value)).toBe(200);
    clock.set(issued + 300_000);
    expect(await statusWith(value)).toBe(401);
  });
});

describe('a signed event', () => {
  it('is no assertion, and an assertion no event', async () => {
    const { url, key } = await requestBy('careers');
    const message = await town.jws('careers', town.event('careers', registration(ulnOf(2), 'c-2')));
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: message,
    });
    expect((await fetch(`${url}/oauth/token`, { method: 'POST', body })).status).toBe(401);
    const iat = Math.floor(clock.now() / 1000);
    const claims = { iss: 'careers', sub: 'careers', aud: 'http://town.example', iat, exp: iat + 60, jti: 'event?' };
    const assertion = await new SignJWT(claims).setProtectedHeader({ alg: key.alg, kid: key.kid, typ: 'JWT' }).sign(key.key);
    const response = await town.post(assertion);
    expect([response.status, await response.json()]).toEqual([400, expect.objectContaining({ code: 'content-type' })]);
  });
});

describe('a token', () => {
  const refused = async (request: TokenRequest): Promise<unknown> => {
    const response = await postAssertion(request);
    expect(response.headers.get('cache-control')).toBe('no-store');
    return [response.status, ((await response.json()) as { readonly error?: string }).error];
  };

  it.each([
    ['for another audience', () => ({ aud: 'http://other.example' })],
    ['for several audiences', () => ({ aud: ['http://town.example', 'http://other.example'] })],
    ['by another issuer', () => ({ iss: 'forge' })],
    ['for another subject', () => ({ sub: 'forge' })],
    ['without jti', () => ({ jti: undefined })],
    ['that expired', () => ({ exp: clock.now() / 1000 - 1 })],
    ['not yet in force', () => ({ nbf: clock.now() / 1000 + 120 })],
    ['good for more than 300 seconds', () => ({ exp: clock.now() / 1000 + 311 })],
  ])('is not given for an assertion %s', async (_, claims) => {
    expect(await refused(await requestBy('careers', claims()))).toEqual([401, 'invalid_client']);
  });

  it("is not given for an assertion under another agency's key", async () => {
    const { key } = await requestBy('forge');
    expect(await refused({ ...(await requestBy('careers')), key })).toEqual([401, 'invalid_client']);
  });

  it('is given once for an assertion', async () => {
    const request = await requestBy('careers', { jti: 'once' });
    expect((await postAssertion(request)).status).toBe(200);
    expect(await refused(request)).toEqual([401, 'invalid_client']);
    expect((await postAssertion(await requestBy('forge', { jti: 'once' }))).status).toBe(200);
  });

  it('is given where the clock of the agency is some seconds ahead', async () => {
    const ahead = Math.floor(clock.now() / 1000) + 5;
    expect((await postAssertion(await requestBy('careers', { nbf: ahead, iat: ahead }))).status).toBe(200);
  });

  it('is refused with the claim that is wrong, and with nothing of what it says', async () => {
    const response = await postAssertion(await requestBy('careers', { aud: 'http://zaphod.example' }));
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ code: 'invalid-client', detail: expect.stringMatching(/^`aud` must /) });
    expect(text).not.toContain('zaphod');
  });

  it('ends with the key of its assertion, in whatever process that is revoked, and no other is given', async () => {
    const token = await town.tokenOf('forge');
    expect(await statusWith(token)).toBe(404);
    const elsewhere = await openNode(town.node.config, { clock, verifyWorkers: 0 });
    await elsewhere.agencies.revokeKey('forge', town.keyOf('forge').kid, 'lost');
    await elsewhere.close();
    expect(await statusWith(token)).toBe(401);
    expect(await refused(await requestBy('forge'))).toEqual([401, 'invalid_client']);
  });

  it('is asked for as RFC 6749 says', async () => {
    const answerTo = async (body: Record<string, string> | [string, string][]): Promise<unknown> =>
      (await fetch(`${town.server.url}/oauth/token`, { method: 'POST', body: new URLSearchParams(body) })).json();
    expect(await answerTo({ grant_type: 'password' })).toMatchObject({ status: 400, error: 'unsupported_grant_type' });
    expect(await answerTo({ grant_type: 'client_credentials' })).toMatchObject({ status: 400, error: 'invalid_request' });
    expect(
      await answerTo([
        ['grant_type', 'client_credentials'],
        ['grant_type', 'client_credentials'],
      ]),
    ).toMatchObject({ status: 400, error: 'invalid_request' });
  });
});
