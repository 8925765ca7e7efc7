import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTHeaderParameters, type JWTPayload } from 'jose';
import { AccessService, BearerTokens, type BrokerIdentity, type SigningKeyLookup } from '#access';
import { SqliteUsedAssertions } from '#access/sqlite';
import { fixedClock } from '#kernel';

const issuer = 'https://broker.example';
const start = Date.UTC(2026, 2, 1);
const clock = fixedClock(start);
const seconds = (): number => clock.now() / 1000;

let folder: string;
let identity: BrokerIdentity;
let agencyKey: CryptoKey;
let kid: string;
let lookup: SigningKeyLookup;
let used: SqliteUsedAssertions;
let tokens: BearerTokens;
let access: AccessService;

const openUsed = (): SqliteUsedAssertions => new SqliteUsedAssertions(join(folder, 'access.sqlite'), clock);
const connect = (): void => {
  used = openUsed();
  tokens = new BearerTokens(identity, clock);
  access = new AccessService(identity, tokens, { clock, keys: (named, at) => lookup(named, at), used });
};

beforeAll(async () => {
  const broker = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
  identity = { issuer, privateKey: broker.privateKey, publicJwk: { ...(await exportJWK(broker.publicKey)), kid: 'broker' } };
  const agency = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  agencyKey = agency.privateKey;
  const jwk = await exportJWK(agency.publicKey);
  kid = await calculateJwkThumbprint(jwk);
  lookup = (named) => (named === kid ? { agency: 'city-yot', jwk } : undefined);
});
beforeEach(() => {
  clock.set(start);
  folder = mkdtempSync(join(tmpdir(), 'access-'));
  connect();
});
afterEach(() => {
  used.close();
  rmSync(folder, { recursive: true });
});

const assertion = (claims: JWTPayload = {}, header: Partial<JWTHeaderParameters> = {}): Promise<string> =>
  new SignJWT({ iss: 'city-yot', sub: 'city-yot', aud: issuer, exp: seconds() + 60, jti: randomUUID(), ...claims })
    .setProtectedHeader({ alg: 'EdDSA', kid, ...header })
    .sign(agencyKey);

const granted = async (claims?: JWTPayload, header?: Partial<JWTHeaderParameters>): Promise<boolean> =>
  (await access.tokenFor(await assertion(claims, header))).ok;

describe('an assertion at the token endpoint', () => {
  it('gives a token for the agency whose key signed it', async () => {
    const answer = await access.tokenFor(await assertion());
    expect(answer.ok && (await tokens.callerOf(answer.value))).toEqual({ agency: 'city-yot' });
  });

  it('is good once, also after a restart', async () => {
    const once = await assertion();
    expect((await access.tokenFor(once)).ok).toBe(true);
    expect(await access.tokenFor(once)).toMatchObject({ ok: false, error: expect.stringContaining('used before') });
    used.close();
    connect();
    expect((await access.tokenFor(once)).ok).toBe(false);
  });

  it.each<[string, JWTPayload, Partial<JWTHeaderParameters>]>([
    ['another audience', { aud: 'https://elsewhere.example' }, {}],
    ['several audiences', { aud: [issuer, 'https://elsewhere.example'] }, {}],
    ['another subject', { sub: 'heath-town-skills' }, {}],
    ['another issuer', { iss: 'heath-town-skills' }, {}],
    ['an expiry in the past', { exp: start / 1000 - 1 }, {}],
    ['an expiry too far ahead', { exp: start / 1000 + 600 }, {}],
    ['no expiry', { exp: undefined as never }, {}],
    ['no jti', { jti: undefined as never }, {}],
    ['an unknown key', {}, { kid: createHash('sha256').update('other').digest('base64url') }],
    ['an embedded key', {}, { jwk: { kty: 'OKP', crv: 'Ed25519', x: 'AAAA' } }],
  ])('is refused with %s', async (_fault, claims, header) => {
    expect(await granted(claims, header)).toBe(false);
  });

  it('is refused with another key under the same kid', async () => {
    const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
    const forged = await new SignJWT({ iss: 'city-yot', sub: 'city-yot', aud: issuer, exp: seconds() + 60, jti: 'j' })
      .setProtectedHeader({ alg: 'EdDSA', kid })
      .sign(privateKey);
    expect((await access.tokenFor(forged)).ok).toBe(false);
  });

  it('is refused with HMAC over the public key (RFC 8725 section 2.1)', async () => {
    const secret = Buffer.from(JSON.stringify(lookup(kid, start)?.jwk));
    const confused = await new SignJWT({ iss: 'city-yot', sub: 'city-yot', aud: issuer, exp: seconds() + 60, jti: 'j' })
      .setProtectedHeader({ alg: 'HS256', kid })
      .sign(secret);
    expect((await access.tokenFor(confused)).ok).toBe(false);
  });

  it.each(['', 'x', 'a.b.c', 'eyJhbGciOiJub25lIn0.e30.'])('is refused where it is %j', async (nonsense) => {
    expect((await access.tokenFor(nonsense)).ok).toBe(false);
  });
});

describe('a bearer token', () => {
  it('is good for five minutes, also where it was believed before', async () => {
    const token = await tokens.issue({ agency: 'city-yot', staff: 'pa-17' });
    expect(await tokens.callerOf(token)).toEqual({ agency: 'city-yot', staff: 'pa-17' });
    clock.set(start + 299_000);
    expect(await tokens.callerOf(token)).toEqual({ agency: 'city-yot', staff: 'pa-17' });
    clock.set(start + 301_000);
    expect(await tokens.callerOf(token)).toBeUndefined();
  });

  it('ends with its agency\'s part in the partnership, and is good again when that is', async () => {
    const stopped = new Set<string>();
    const asked = new BearerTokens(identity, clock, { isStopped: (agency) => stopped.has(agency) });
    const token = await asked.issue({ agency: 'city-yot' });
    expect(await asked.callerOf(token)).toEqual({ agency: 'city-yot' });
    stopped.add('city-yot');
    expect(await asked.callerOf(token)).toBeUndefined();
    stopped.delete('city-yot');
    expect(await asked.callerOf(token)).toEqual({ agency: 'city-yot' });
  });

  it('is no good from another issuer, nor is an assertion', async () => {
    const other = new BearerTokens({ ...identity, issuer: 'https://other.example' }, clock);
    expect(await tokens.callerOf(await other.issue({ agency: 'city-yot' }))).toBeUndefined();
    expect(await tokens.callerOf(await assertion())).toBeUndefined();
  });
});

describe('a token of another issuer', () => {
  const other = 'https://identity.example';
  let jwks: Server;
  let foreign: CryptoKey;
  let external: BearerTokens;

  beforeAll(async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    foreign = privateKey;
    const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), alg: 'ES256', kid: 'theirs' }] });
    jwks = createServer((_request, response) => response.setHeader('content-type', 'application/json').end(keys));
    await new Promise<void>((listening) => jwks.listen(0, '127.0.0.1', listening));
    const { port } = jwks.address() as AddressInfo;
    external = new BearerTokens(identity, clock, { external: { issuer: other, jwks: new URL(`http://127.0.0.1:${port}/jwks`) } });
  });
  afterAll(() => jwks.close());

  const token = (claims: JWTPayload): Promise<string> =>
    new SignJWT({ iss: other, aud: issuer, sub: 'user-1', agency: 'city-yot', iat: seconds(), exp: seconds() + 60, ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: 'theirs' })
      .sign(foreign);

  it('is believed where the issuer is configured, and names the agency and the member of staff', async () => {
    expect(await external.callerOf(await token({ staff: 'pa-17' }))).toEqual({ agency: 'city-yot', staff: 'pa-17' });
    expect(await tokens.callerOf(await token({}))).toBeUndefined();
  });

  it.each<[string, JWTPayload]>([
    ['another audience', { aud: 'https://elsewhere.example' }],
    ['an issuer that is not configured', { iss: 'https://stranger.example' }],
    ['an expiry in the past', { exp: start / 1000 - 10 }],
    ['an age over five minutes', { iat: start / 1000 - 400 }],
  ])('is refused with %s', async (_fault, claims) => {
    expect(await external.callerOf(await token(claims))).toBeUndefined();
  });
});
