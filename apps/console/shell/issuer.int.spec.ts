// The console's side of signing in, against an issuer that answers as none may (ASVS 5, 6.8, 7.2 and 10).
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type GenerateKeyPairResult, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { parseConsoleSettings } from '../settings.ts';
import { Issuer, SignInFailed } from './issuer.ts';
import type { Begun } from './session.ts';

const CLIENT = 'concordat-console';
const HOUR = 3600;

interface Lies {
  /** In place of what the discovery document says. */
  readonly document?: object;
  readonly claims?: JWTPayload;
  readonly sign?: (payload: JWTPayload) => Promise<string>;
  /** There is no ID token. */
  readonly silent?: boolean;
}

let lies: Lies = {};
let begun: Begun;
let server: Server;
let url: string;
let issuer: Issuer;
const { privateKey, publicKey } = await generateKeyPair('ES256');
const strangers = await generateKeyPair('ES256');
const signedBy =
  (key: GenerateKeyPairResult['privateKey']) =>
  (payload: JWTPayload): Promise<string> =>
    new SignJWT(payload).setProtectedHeader({ alg: 'ES256', kid: 'one' }).sign(key);

const idToken = (): Promise<string> => {
  const now = Math.floor(Date.now() / 1000);
  const named = { sub: 'pat', name: 'Pat', agency: 'forge', staff_id: 'pat', roles: ['key-worker'] };
  const payload = { iss: url, aud: CLIENT, nonce: begun.nonce, iat: now, exp: now + HOUR, ...named, ...lies.claims };
  return (lies.sign ?? signedBy(privateKey))(payload);
};

const answers: Readonly<Record<string, () => unknown>> = {
  '/.well-known/openid-configuration': () => ({
    ...{ issuer: url, authorization_endpoint: `${url}/authorize`, token_endpoint: `${url}/token`, jwks_uri: `${url}/jwks` },
    ...{ response_types_supported: ['code'], subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['ES256'] },
    ...lies.document,
  }),
  '/jwks': async () => ({ keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256', use: 'sig' }] }),
  '/token': async () => ({
    ...{ access_token: 'access', token_type: 'bearer', expires_in: 240, refresh_token: 'refresh' },
    ...(lies.silent ? {} : { id_token: await idToken() }),
  }),
};

beforeAll(async () => {
  server = createServer((request, response) => {
    const answer = answers[request.url ?? ''];
    void Promise.resolve(answer?.()).then((body) =>
      response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(body ?? {})),
    );
  });
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

beforeEach(async () => {
  lies = {};
  issuer = new Issuer(parseConsoleSettings({ CONSOLE_ISSUER: url, CONSOLE_CLIENT_ID: CLIENT }), () => 'http://127.0.0.1:1');
  ({ begun } = await issuer.begin('/staff'));
});

const finished = (search = `?code=c&state=${begun.state}`) => issuer.finish(begun, search);

it('believes an issuer that answers as it should', async () => {
  expect(await finished()).toMatchObject({
    person: { kind: 'staff', agency: 'forge', staff: 'pat', roles: ['key-worker'] },
    tokens: { access: 'access', refresh: 'refresh' },
  });
});

it.each([
  ['for another client', { aud: 'another' }],
  ['of another issuer', { iss: 'https://elsewhere.example' }],
  ['of another sign-in', { nonce: 'another' }],
  ['without a sign-in', { nonce: undefined }],
  ['that is over', { iat: 1, exp: 2 }],
  ['that names nobody', { agency: undefined }],
] as const)('believes no ID token %s', async (_which, claims) => {
  lies = { claims: claims };
  await expect(finished()).rejects.toThrow(SignInFailed);
});

it('believes no ID token that another key signed, or none did, and no answer without one', async () => {
  lies = { sign: signedBy(strangers.privateKey) };
  await expect(finished()).rejects.toThrow(SignInFailed);
  lies = { sign: async (payload) => new UnsecuredJWT(payload).encode() };
  await expect(finished()).rejects.toThrow(SignInFailed);
  lies = { silent: true };
  await expect(finished()).rejects.toThrow(SignInFailed);
});

it('takes nobody back who does not bring the state that was given along', async () => {
  for (const search of ['?code=c&state=another', '?code=c', `?error=access_denied&state=${begun.state}`])
    await expect(finished(search)).rejects.toThrow(SignInFailed);
});

it('sets out to no issuer whose document names another', async () => {
  lies = { document: { issuer: 'https://elsewhere.example' } };
  const other = new Issuer(parseConsoleSettings({ CONSOLE_ISSUER: url, CONSOLE_CLIENT_ID: CLIENT }), () => 'http://127.0.0.1:1');
  await expect(other.begin('/')).rejects.toThrow(SignInFailed);
});

describe('a renewal', () => {
  const over = { access: 'old', until: 0, refresh: 'refresh' };
  const renewed = () => issuer.fresh(over);

  it('says whom the issuer names now, in which roles', async () => {
    lies = { claims: { nonce: undefined, roles: ['planner'] } };
    expect(await renewed()).toMatchObject({ access: 'access', person: { kind: 'staff', staff: 'pat', roles: ['planner'] } });
  });

  it('is none where the issuer names nobody any more, or others sign for it', async () => {
    lies = { claims: { nonce: undefined, agency: undefined } };
    expect(await renewed()).toBeUndefined();
    const other = new Issuer(parseConsoleSettings({ CONSOLE_ISSUER: url, CONSOLE_CLIENT_ID: CLIENT }), () => 'http://127.0.0.1:1');
    lies = { claims: { nonce: undefined }, sign: signedBy(strangers.privateKey) };
    expect(await other.fresh(over)).toBeUndefined();
  });

  it('goes on where the issuer says nothing of the person', async () => {
    lies = { silent: true };
    expect(await renewed()).not.toHaveProperty('person');
  });
});
