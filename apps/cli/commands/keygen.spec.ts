import { readFileSync, statSync } from 'node:fs';
import { compactVerify, importJWK, type JWK } from 'jose';
import { signEvents, signingKeyOf, toEvent } from '#client';
import { Workplace } from '../fixtures/captured-run.ts';

const place = new Workplace();
afterAll(() => place.remove());

const jwk = (...file: readonly string[]): JWK => JSON.parse(readFileSync(place.path(...file), 'utf8')) as JWK;

describe('concordat keygen', () => {
  it('makes a pair to sign with and one to receive with, the private parts for their owner alone', async () => {
    const { code, out } = await place.run(['keygen', '--alg', 'ES256', '--enc', 'P-256', '--out', place.path('keys')]);
    expect(code).toBe(0);
    expect(jwk('keys', 'signing-public.json')).toMatchObject({ crv: 'P-256', alg: 'ES256', use: 'sig' });
    expect(jwk('keys', 'encryption-public.json')).toMatchObject({ crv: 'P-256', alg: 'ECDH-ES+A256KW', use: 'enc' });
    for (const use of ['signing', 'encryption']) {
      const { d, ...publicPart } = jwk('keys', `${use}-private.json`);
      expect(d).toBeDefined();
      expect(jwk('keys', `${use}-public.json`)).toEqual(publicPart);
      expect(statSync(place.path('keys', `${use}-private.json`)).mode & 0o777).toBe(0o600);
      expect(out).toContain(`${use} key ${publicPart.kid}`);
      expect(out).toContain(JSON.stringify(publicPart));
    }
    expect(out).not.toContain(String(jwk('keys', 'signing-private.json').d));
  });

  it('makes keys that sign and verify', async () => {
    await place.run(['keygen', '--out', place.path('more')]);
    const event = toEvent('city-yot', { type: 'offence.noted', subject: 'uln:9276308686', data: { incident: 'x' } });
    const jws = await signEvents(event, await signingKeyOf(jwk('more', 'signing-private.json')));
    await expect(compactVerify(jws, await importJWK(jwk('more', 'signing-public.json'), 'EdDSA'))).resolves.toBeDefined();
  });

  it('overwrites no key', async () => {
    const before = jwk('keys', 'signing-private.json');
    const { code, err } = await place.run(['keygen', '--out', place.path('keys')]);
    expect(code).toBe(1);
    expect(err).toBe(`concordat: ${place.path('keys', 'signing-private.json')} exists already: a key is never overwritten.\n`);
    expect(jwk('keys', 'signing-private.json')).toEqual(before);
  });

  it('takes no other algorithm', async () => {
    const { code, err } = await place.run(['keygen', '--alg', 'RS256', '--out', place.path('rsa')]);
    expect(code).toBe(2);
    expect(err).toMatch(/^concordat: .*RS256.*EdDSA, ES256/);
  });
});
