import { createHash, randomUUID } from 'node:crypto';
import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  SignJWT,
  type CryptoKey,
  type JWK,
  type JWTHeaderParameters,
  type JWTPayload,
} from 'jose';
import {
  AccessService,
  type AssertionFaultCode,
  type AssertionKey,
  BearerTokens,
  type BrokerIdentity,
  type JsonObjectReader,
  type MayAct,
} from '#access';
import { MemoryUsedAssertions } from '#access/memory';
import { fixedClock } from '#kernel';

const issuer = 'https://broker.example';
const start = Date.UTC(2026, 2, 1);
const clock = fixedClock(start);
const seconds = (): number => clock.now() / 1000;

let identity: BrokerIdentity;
let agencyKey: CryptoKey;
let kid: string;
let agencyJwk: AssertionKey;
let tokens: BearerTokens;
let access: AccessService;
let mayAct: MayAct;
const refused: (readonly (string | undefined)[])[] = [];
const granted: (readonly string[])[] = [];
const observer = {
  refused: (...told: readonly (string | undefined)[]): void => void refused.push(told),
  granted: (...told: readonly string[]): void => void granted.push(told),
};
const LEARNER = 'psn:u2Yq8T0bq0y0u7rZb8yq3g';
const learnerOf = (pseudonym: string): string | undefined => (pseudonym === LEARNER ? 'the-learner' : undefined);
const terms = { mayAct: ((...asked) => mayAct(...asked)) satisfies MayAct, learnerOf, observer };

const jsonObject: JsonObjectReader = (bytes) => {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString());
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
};

const connect = (): void => {
  const used = new MemoryUsedAssertions(clock);
  tokens = new BearerTokens(identity, clock, terms);
  const keys = async (named: string): Promise<{ readonly agency: string; readonly jwk: AssertionKey } | undefined> =>
    named === kid ? { agency: 'city-yot', jwk: agencyJwk } : undefined;
  access = new AccessService(identity, tokens, { clock, keys, used, observer, json: jsonObject });
};

beforeAll(async () => {
  const broker = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
  identity = { issuer, privateKey: broker.privateKey, publicJwk: { ...(await exportJWK(broker.publicKey)), kid: 'broker' } };
  const agency = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  agencyKey = agency.privateKey;
  agencyJwk = await exportJWK(agency.publicKey);
  kid = await calculateJwkThumbprint(agencyJwk as JWK);
});
beforeEach(() => {
  clock.set(start);
  mayAct = async () => true;
  refused.length = 0;
  connect();
});

const assertion = (claims: JWTPayload = {}, header: Partial<JWTHeaderParameters> = {}): Promise<string> =>
  new SignJWT({ iss: 'city-yot', sub: 'city-yot', aud: issuer, exp: seconds() + 60, jti: randomUUID(), ...claims })
    .setProtectedHeader({ alg: 'EdDSA', kid, ...header })
    .sign(agencyKey);

/** What is wrong with it; undefined where a token is given. */
const faultOf = async (
  claims?: JWTPayload,
  header?: Partial<JWTHeaderParameters>,
  client?: string,
): Promise<AssertionFaultCode | undefined> => {
  const answer = await access.tokenFor(await assertion(claims, header), client);
  return answer.ok ? undefined : answer.error.code;
};

describe('an assertion at the token endpoint', () => {
  it('gives a token for the agency whose key signed it', async () => {
    const answer = await access.tokenFor(await assertion());
    expect(answer.ok && (await tokens.askerOf(answer.value.token))).toEqual({ agency: 'city-yot' });
    expect(granted.at(-1)).toEqual(['city-yot', kid]);
  });

  it('is good once', async () => {
    const once = await assertion();
    expect((await access.tokenFor(once)).ok).toBe(true);
    expect(await access.tokenFor(once)).toMatchObject({ ok: false, error: { code: 'used', says: expect.stringContaining('used before') } });
  });

  const now = start / 1000;
  it.each<[string, JWTPayload, Partial<JWTHeaderParameters>?]>([
    ['no nbf and no iat', {}],
    ['nbf and iat of now', { nbf: now, iat: now }],
    ['nbf and iat as far ahead as clocks may differ', { nbf: now + 10, iat: now + 10 }],
    ['the age and life that are allowed, by a clock that is late', { iat: now - 310, exp: now + 1 }],
    ['the life that is allowed, by a clock that is early', { exp: now + 310 }],
    ['a broken second', { exp: now + 59.5, iat: now - 0.5 }],
    ['the issuer as the only audience of a list', { aud: [issuer] }],
    ['the token endpoint as audience', { aud: `${issuer}/oauth/token` }],
    ['typ JWT', {}, { typ: 'JWT' }],
    ['typ in full and small', {}, { typ: 'application/jwt' }],
    ['the type of the successor of RFC 7523', {}, { typ: 'client-authentication+jwt' }],
  ])('is taken with %s', async (_what, claims, header = {}) => {
    expect(await faultOf(claims, header)).toBeUndefined();
  });

  it.each<[AssertionFaultCode, string, JWTPayload, Partial<JWTHeaderParameters>?]>([
    ['aud', 'another audience', { aud: 'https://elsewhere.example' }],
    ['aud', 'several audiences', { aud: [issuer, 'https://elsewhere.example'] }],
    ['aud', 'an empty list of audiences', { aud: [] }],
    ['aud', 'an audience that begins as the issuer does', { aud: `${issuer}/` }],
    ['aud', 'an audience in other letters', { aud: issuer.toUpperCase() }],
    ['party', 'another subject', { sub: 'heath-town-skills' }],
    ['party', 'another issuer', { iss: 'heath-town-skills' }],
    ['exp', 'no expiry', { exp: undefined as never }],
    ['exp', 'an expiry in words', { exp: 'tomorrow' as never }],
    ['exp-past', 'an expiry in the past', { exp: now - 2, iat: now - 62 }],
    ['exp-past', 'an expiry at this moment', { exp: now }],
    ['exp-far', 'an expiry too far ahead', { exp: now + 311 }],
    ['nbf', 'nbf further ahead than clocks may differ', { nbf: now + 11 }],
    ['nbf', 'nbf two minutes ahead', { nbf: now + 120, exp: now + 200 }],
    ['nbf', 'nbf in words', { nbf: 'now' as never }],
    ['iat', 'iat further ahead than clocks may differ', { iat: now + 11 }],
    ['iat', 'iat in words', { iat: null as never }],
    ['iat-past', 'iat an hour ago', { iat: now - 3600 }],
    ['jti', 'no jti', { jti: undefined as never }],
    ['jti', 'a jti without end', { jti: 'x'.repeat(201) }],
    ['key', 'an unknown key', {}, { kid: createHash('sha256').update('other').digest('base64url') }],
    ['header', 'no kid', {}, { kid: undefined as never }],
    ['header', 'an embedded key', {}, { jwk: { kty: 'OKP', crv: 'Ed25519', x: 'AAAA' } }],
    ['header', 'the address of a key', {}, { jku: 'https://elsewhere.example/jwks' }],
    ['header', 'an access token’s type', {}, { typ: 'at+jwt' }],
    ['header', 'the header of a signed event', {}, { cty: 'cloudevents+json' }],
    ['header', 'an extension', {}, { 'https://elsewhere.example/x': 1, b64: true }],
  ])('is refused (%s) with %s, which is named', async (code, _fault, claims, header = {}) => {
    const sent = await assertion(claims, header).catch(() => undefined);
    if (sent === undefined) throw new Error('jose does not sign this.');
    expect(await access.tokenFor(sent)).toMatchObject({ ok: false, error: { code, says: expect.stringMatching(/^[`A-Z].+\.$/) } });
    expect(refused.at(-1)).toEqual(['header', 'key'].includes(code) ? [code, undefined] : [code, 'city-yot']);
  });

  it('is refused beside the name of another client', async () => {
    expect([await faultOf({}, {}, 'city-yot'), await faultOf({}, {}, 'heath-town-skills')]).toEqual([undefined, 'party']);
  });

  it('is refused with another key under the same kid', async () => {
    const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
    const forged = await new SignJWT({ iss: 'city-yot', sub: 'city-yot', aud: issuer, exp: seconds() + 60, jti: 'j' })
      .setProtectedHeader({ alg: 'EdDSA', kid })
      .sign(privateKey);
    expect((await access.tokenFor(forged)).ok).toBe(false);
  });

  it('is refused with HMAC over the public key (RFC 8725 section 2.1)', async () => {
    const secret = Buffer.from(JSON.stringify(agencyJwk));
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
    expect(await tokens.askerOf(token)).toEqual({ agency: 'city-yot', staff: 'pa-17' });
    clock.set(start + 299_000);
    expect(await tokens.askerOf(token)).toEqual({ agency: 'city-yot', staff: 'pa-17' });
    clock.set(start + 301_000);
    expect(await tokens.askerOf(token)).toBeUndefined();
  });

  it('is no good from another issuer, nor is an assertion', async () => {
    const other = new BearerTokens({ ...identity, issuer: 'https://other.example' }, clock, terms);
    expect(await tokens.askerOf(await other.issue({ agency: 'city-yot' }))).toBeUndefined();
    expect(await tokens.askerOf(await assertion())).toBeUndefined();
    expect(refused).toEqual([['token'], ['token']]);
  });

  it('ends with the key that it was given for and with its agency, also where it was believed before', async () => {
    const asked: (readonly (string | undefined)[])[] = [];
    const granted = await access.tokenFor(await assertion());
    const token = granted.ok ? granted.value.token : '';
    expect(await tokens.askerOf(token)).toEqual({ agency: 'city-yot' });
    mayAct = async (...told) => asked.push(told) === 0;
    expect(await tokens.askerOf(token)).toBeUndefined();
    expect([asked, refused]).toEqual([[['city-yot', kid]], [['token-ended', 'city-yot']]]);
  });
});

describe('the token of a learner who is signed in on a page', () => {
  const signIn = { pseudonym: LEARNER, page: 'own-page', since: start };

  it('names the learner, for five minutes, and ends with the part of the page', async () => {
    const token = await tokens.issueToLearner(signIn);
    expect(await tokens.askerOf(token)).toEqual({ learner: 'the-learner' });
    mayAct = async (agency) => agency !== 'own-page';
    expect(await tokens.askerOf(token)).toBeUndefined();
    mayAct = async () => true;
    clock.set(start + 301_000);
    expect(await tokens.askerOf(token)).toBeUndefined();
  });

  it('names nobody by a pseudonym that means nobody', async () =>
    expect(await tokens.askerOf(await tokens.issueToLearner({ ...signIn, pseudonym: 'psn:x' }))).toBeUndefined());
});
