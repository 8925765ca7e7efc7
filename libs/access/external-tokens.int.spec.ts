import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose';
import { type AskerKind, BearerTokens, type BrokerIdentity, IssuerUnreachable, type TokenTerms } from '#access';
import { fixedClock } from '#kernel';

const issuer = 'https://broker.example';
const start = Date.UTC(2026, 2, 1);
const clock = fixedClock(start);
const seconds = (): number => clock.now() / 1000;
const terms: TokenTerms = {
  mayAct: async () => true,
  learnerOf: () => undefined,
  observer: { refused: () => undefined, granted: () => undefined },
};

let identity: BrokerIdentity;
let tokens: BearerTokens;
beforeAll(async () => {
  const broker = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
  identity = { issuer, privateKey: broker.privateKey, publicJwk: { ...(await exportJWK(broker.publicKey)), kid: 'broker' } };
  tokens = new BearerTokens(identity, clock, terms);
});
beforeEach(() => clock.set(start));

describe('a token of another issuer', () => {
  const other = 'https://identity.example';
  let jwks: Server;
  let foreign: CryptoKey;
  let external: BearerTokens;
  let keysAt: URL;
  const LEARNER = '00000000-0000-4000-8000-000000000001';
  const believing = (...names: readonly AskerKind[]): BearerTokens => {
    const learnerOf = (pseudonym: string): string | undefined => (pseudonym === 'psn:known' ? LEARNER : undefined);
    return new BearerTokens(identity, clock, { ...terms, external: { issuer: other, jwks: keysAt, names: new Set(names), learnerOf } });
  };

  beforeAll(async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    foreign = privateKey;
    const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), alg: 'ES256', kid: 'theirs' }] });
    jwks = createServer((_request, response) => response.setHeader('content-type', 'application/json').end(keys));
    await new Promise<void>((listening) => jwks.listen(0, '127.0.0.1', listening));
    const { port } = jwks.address() as AddressInfo;
    keysAt = new URL(`http://127.0.0.1:${port}/jwks`);
    external = believing('agency');
  });
  afterAll(() => jwks.close());

  const token = (claims: JWTPayload, typ: string | undefined = 'at+jwt'): Promise<string> =>
    new SignJWT({ iss: other, aud: issuer, sub: 'user-1', agency: 'city-yot', iat: seconds(), exp: seconds() + 60, ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: 'theirs', typ })
      .sign(foreign);

  it('is believed where the issuer is configured, and names the agency and the member of staff', async () => {
    expect(await external.askerOf(await token({ staff: 'pa-17' }))).toEqual({ agency: 'city-yot', staff: 'pa-17' });
    expect(await tokens.askerOf(await token({}))).toBeUndefined();
  });

  it.each<[string, JWTPayload]>([
    ['another audience', { aud: 'https://elsewhere.example' }],
    ['an issuer that is not configured', { iss: 'https://stranger.example' }],
    ['an expiry in the past', { exp: start / 1000 - 10 }],
    ['an expiry of this moment, by whatever clock', { exp: start / 1000 }],
    ['an age over five minutes', { iat: start / 1000 - 400 }],
    ['an age of five minutes', { iat: start / 1000 - 300 }],
    ['no iat', { iat: undefined as never }],
    ['an iat further ahead than clocks may differ', { iat: start / 1000 + 11 }],
    ['several audiences', { aud: [issuer, 'https://elsewhere.example'] }],
    ['no agency', { agency: 7 }],
  ])('is refused with %s', async (_fault, claims) => {
    expect(await external.askerOf(await token(claims))).toBeUndefined();
  });

  it.each<[string, JWTPayload, object]>([
    [
      'an office, with the person who holds it',
      { office: 'dpo-partnership', staff_id: 'olu' },
      { office: 'dpo-partnership', staff: 'olu' },
    ],
    ['the officer of an agency', { office: 'dpo-of:city-yot' }, { office: 'dpo-of:city-yot' }],
    ['a learner, by the pseudonym that the broker gave', { learner: 'psn:known', sub: 'l-1' }, { learner: LEARNER }],
  ])('names %s, where the issuer is believed about such', async (_, claims, asker) => {
    const signed = await token({ agency: undefined, ...claims });
    expect(await believing('agency', 'office', 'learner').askerOf(signed)).toEqual(asker);
    expect(await external.askerOf(signed)).toBeUndefined();
  });

  it.each<[string, JWTPayload]>([
    ['two askers', { office: 'dpo-partnership' }],
    ['an office that there is not', { agency: undefined, office: 'dpo-of:' }],
    ["a pseudonym that is nobody's", { agency: undefined, learner: 'psn:unknown' }],
    ['a learner who is no text', { agency: undefined, learner: 7 }],
  ])('is refused with %s', async (_fault, claims) => {
    expect(await believing('agency', 'office', 'learner').askerOf(await token(claims))).toBeUndefined();
  });

  it('names one of the authentication contexts that are asked for, where any is', async () => {
    const believed = { issuer: other, jwks: keysAt, names: new Set<AskerKind>(['agency']), learnerOf: () => undefined };
    const strong = new BearerTokens(identity, clock, { ...terms, external: { ...believed, contexts: new Set(['urn:mfa', 'phrh']) } });
    expect(await strong.askerOf(await token({ acr: 'phrh' }))).toEqual({ agency: 'city-yot' });
    for (const acr of ['0', 'urn', 7]) expect(await strong.askerOf(await token({ acr }))).toBeUndefined();
    expect(await strong.askerOf(await token({}))).toBeUndefined();
  });

  it('is not believed by keys to which the address of the keys redirects', async () => {
    const asked: string[] = [];
    const astray = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(302, { location: keysAt.href }).end();
    });
    await new Promise<void>((listening) => astray.listen(0, '127.0.0.1', listening));
    const jwksAstray = new URL(`http://127.0.0.1:${(astray.address() as AddressInfo).port}/jwks`);
    const names = new Set<AskerKind>(['agency']);
    const external = { issuer: other, jwks: jwksAstray, names, learnerOf: () => undefined };
    await expect(new BearerTokens(identity, clock, { ...terms, external }).askerOf(await token({}))).rejects.toThrow(IssuerUnreachable);
    expect(asked).toEqual(['/jwks']);
    astray.close();
  });

  it('of an agency is none where the issuer is believed about learners alone', async () => {
    expect(await believing('learner').askerOf(await token({}))).toBeUndefined();
  });

  it("of an agency's officer ends with the agency's part", async () => {
    const stopped = new BearerTokens(identity, clock, {
      ...terms,
      mayAct: async (agency) => agency !== 'city-yot',
      external: { issuer: other, jwks: keysAt, names: new Set<AskerKind>(['office']), learnerOf: () => undefined },
    });
    const officer = (office: string): Promise<string> => token({ agency: undefined, office });
    expect(await stopped.askerOf(await officer('dpo-of:city-yot'))).toBeUndefined();
    expect(await stopped.askerOf(await officer('dpo-of:forge'))).toEqual({ office: 'dpo-of:forge' });
    expect(await stopped.askerOf(await officer('dpo-partnership'))).toEqual({ office: 'dpo-partnership' });
  });

  it('is believed from a clock that is a little ahead', async () => {
    expect(await external.askerOf(await token({ iat: start / 1000 + 9, nbf: start / 1000 + 9 }))).toEqual({ agency: 'city-yot' });
  });

  it.each(['JWT', 'application/jose', undefined])(
    'is refused with the type %s, as an identity token of the same issuer is',
    async (typ) => {
      const signed = new SignJWT({ iss: other, aud: issuer, sub: 'city-yot', iat: seconds(), exp: seconds() + 60 }).setProtectedHeader({
        alg: 'ES256',
        kid: 'theirs',
        ...(typ && { typ }),
      });
      expect(await external.askerOf(await signed.sign(foreign))).toBeUndefined();
    },
  );

  it('grows too old while it is used, however late it says that it ends', async () => {
    const long = await token({ exp: seconds() + 3600 });
    expect(await external.askerOf(long)).toEqual({ agency: 'city-yot' });
    clock.set(start + 299_000);
    expect(await external.askerOf(long)).toEqual({ agency: 'city-yot' });
    clock.set(start + 300_000);
    expect(await external.askerOf(long)).toBeUndefined();
  });

  it('is not called wrong while the keys of its issuer cannot be fetched; other tokens are as before', async () => {
    const nobody = createServer().listen(0, '127.0.0.1');
    await new Promise((listening) => nobody.once('listening', listening));
    const { port } = nobody.address() as AddressInfo;
    await new Promise((closed) => nobody.close(closed));
    const alone = new BearerTokens(identity, clock, {
      ...terms,
      external: {
        issuer: other,
        jwks: new URL(`http://127.0.0.1:${port}/jwks`),
        names: new Set<AskerKind>(['agency']),
        learnerOf: () => undefined,
      },
    });
    await expect(alone.askerOf(await token({}))).rejects.toBeInstanceOf(IssuerUnreachable);
    expect(await alone.askerOf(await alone.issue({ agency: 'city-yot' }))).toEqual({ agency: 'city-yot' });
    expect(await alone.askerOf('x')).toBeUndefined();
  });
});
