// Who asks is proved by a token (contracts.md, HTTP): five minutes, for this broker alone, got with an assertion that is good once.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importJWK, type JWK, SignJWT } from 'jose';
import { signingKeyOf } from '#client';
import { fixedClock } from '#kernel';
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

  it('of an agency that nobody registered tells of nobody', async () => {
    expect(await statusWith(await forged({ sub: 'stranger' }))).toBe(404);
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
    ['good for more than 300 seconds', () => ({ exp: clock.now() / 1000 + 310 })],
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

  it('is not given under a revoked key', async () => {
    await town.node.agencies.revokeKey('forge', town.keyOf('forge').kid, 'lost');
    expect(await refused(await requestBy('forge'))).toEqual([401, 'invalid_client']);
  });

  it('is asked for as RFC 6749 says', async () => {
    const answerTo = async (body: Record<string, string>): Promise<unknown> =>
      (await fetch(`${town.server.url}/oauth/token`, { method: 'POST', body: new URLSearchParams(body) })).json();
    expect(await answerTo({ grant_type: 'password' })).toMatchObject({ status: 400, error: 'unsupported_grant_type' });
    expect(await answerTo({ grant_type: 'client_credentials' })).toMatchObject({ status: 400, error: 'invalid_request' });
  });
});
