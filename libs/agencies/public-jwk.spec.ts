import { createPublicKey, diffieHellman, generateKeyPairSync } from 'node:crypto';
import { calculateJwkThumbprint } from 'jose';
import { publicJwkOf, thumbprintOf, WEAK_POINTS } from './public-jwk.ts';

const jwkOf = (pair: { publicKey: ReturnType<typeof createPublicKey> }) => pair.publicKey.export({ format: 'jwk' });
const ed = jwkOf(generateKeyPairSync('ed25519'));
const x = jwkOf(generateKeyPairSync('x25519'));
const ec = jwkOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }));
const code = (jwk: unknown, use: 'sig' | 'enc' = 'sig'): string => {
  const checked = publicJwkOf(jwk, use);
  return checked.ok ? 'accepted' : checked.error.code;
};
const b64 = (hex: string): string => Buffer.from(hex, 'hex').toString('base64url');

describe('a key to register', () => {
  it.each([
    ['sig', ed],
    ['sig', ec],
    ['enc', x],
    ['enc', ec],
  ] as const)('may be, to %s, $crv', async (use, jwk) => {
    const checked = publicJwkOf({ ...jwk, kid: await calculateJwkThumbprint(jwk), note: 'kept out' }, use);
    expect(checked).toEqual({ ok: true, value: jwk });
    if (checked.ok) expect(thumbprintOf(checked.value)).toBe(await calculateJwkThumbprint(jwk));
  });

  it('may say what it is for', () => {
    expect(code({ ...ed, use: 'sig', alg: 'EdDSA' })).toBe('accepted');
    expect(code({ ...ec, use: 'sig', alg: 'ES256' })).toBe('accepted');
    expect(code({ ...x, use: 'enc', alg: 'ECDH-ES+A256KW' }, 'enc')).toBe('accepted');
  });

  it.each<[string, unknown, ('sig' | 'enc')?]>([
    ['private-key', generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })],
    ['private-key', { kty: 'oct', k: 'c2VjcmV0' }],
    ['unsupported-key', null],
    ['unsupported-key', 'key'],
    ['unsupported-key', {}],
    ['unsupported-key', x, 'sig'],
    ['unsupported-key', ed, 'enc'],
    ['unsupported-key', { ...ed, kty: 'EC' }],
    ['unsupported-key', { ...ed, use: 'enc' }],
    ['unsupported-key', { ...ed, alg: 'ES256' }],
    ['unsupported-key', jwkOf(generateKeyPairSync('ed448'))],
    ['unsupported-key', jwkOf(generateKeyPairSync('ec', { namedCurve: 'P-384' }))],
    ['unsupported-key', jwkOf(generateKeyPairSync('rsa', { modulusLength: 2048 }))],
    ['malformed-key', { ...ed, x: undefined }],
    ['malformed-key', { ...ed, x: `${ed.x}=` }],
    ['malformed-key', { ...ed, x: 'AAAA' }],
    ['malformed-key', { ...ec, y: undefined }],
    ['malformed-key', { ...ec, y: ec.x }],
    ['kid-not-thumbprint', { ...ed, kid: 'my-key' }],
  ])('is refused: %s', (refusal, jwk, use = 'sig') => {
    expect(code(jwk, use)).toBe(refusal);
  });

  it.each(['Ed25519', 'X25519'] as const)('is refused when weak, whatever the sign bit says: %s', (crv) => {
    for (const hex of WEAK_POINTS[crv]) {
      const signed = hex.slice(0, 62) + (Number.parseInt(hex.slice(62), 16) | 0x80).toString(16);
      for (const point of [hex, signed])
        expect(code({ kty: 'OKP', crv, x: b64(point) }, crv === 'Ed25519' ? 'sig' : 'enc')).toMatch(/^(?:weak|malformed)-key$/);
      expect(code({ kty: 'OKP', crv, x: b64(hex) }, crv === 'Ed25519' ? 'sig' : 'enc')).toBe('weak-key');
    }
  });
});

// RFC 8032 5.1: the curve -x² + y² = 1 + d·x²·y² over p.
const p = 2n ** 255n - 19n;
const mod = (a: bigint): bigint => ((a % p) + p) % p;
const power = (base: bigint, exponent: bigint): bigint =>
  exponent === 0n ? 1n : mod(power(mod(base * base), exponent >> 1n) * (exponent & 1n ? base : 1n));
const inverse = (a: bigint): bigint => power(mod(a), p - 2n);
const d = mod(-121665n * inverse(121666n));
const edwardsPoint = (hex: string): readonly [bigint, bigint] => {
  const y = mod(BigInt(`0x${Buffer.from(hex, 'hex').reverse().toString('hex')}`));
  const square = mod((y * y - 1n) * inverse(d * y * y + 1n));
  const root = power(square, (p + 3n) / 8n);
  const x = mod(root * root) === square ? root : mod(root * power(2n, (p - 1n) / 4n));
  expect(mod(x * x)).toBe(square);
  return [x, y];
};
const double = ([x, y]: readonly [bigint, bigint]): readonly [bigint, bigint] => {
  const t = mod(d * x * x * y * y);
  return [mod(2n * x * y * inverse(1n + t)), mod((y * y + x * x) * inverse(1n - t))];
};

describe('the weak points', () => {
  it('of Ed25519 come to nothing when they are doubled three times', () => {
    for (const point of WEAK_POINTS.Ed25519) expect(double(double(double(edwardsPoint(point))))).toEqual([0n, 1n]);
  });

  it('of X25519 give a secret that everybody knows', () => {
    const { privateKey } = generateKeyPairSync('x25519');
    for (const point of WEAK_POINTS.X25519) {
      const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: b64(point) }, format: 'jwk' });
      expect(() => diffieHellman({ privateKey, publicKey })).toThrow();
    }
  });
});
