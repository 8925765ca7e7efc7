// ADR 0005 holds that a signature can still be checked against the digest alone: shown here with the arithmetic of the standards.
import { generateKeyPairSync, sign } from 'node:crypto';
import { messageDigest, type VerificationKey } from './evidence.ts';

const mod = (a: bigint, m: bigint): bigint => ((a % m) + m) % m;
const power = (base: bigint, exponent: bigint, m: bigint): bigint => {
  let [result, square] = [1n, mod(base, m)];
  for (let e = exponent; e > 0n; e >>= 1n) {
    if (e & 1n) result = (result * square) % m;
    square = (square * square) % m;
  }
  return result;
};
const inverse = (a: bigint, m: bigint): bigint => power(a, m - 2n, m);
const big = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex') || '0'}`);
const little = (bytes: Uint8Array): bigint => big(Uint8Array.from(bytes).reverse());
const decoded = (text: string | undefined): Buffer => Buffer.from(text ?? '', 'base64url');

type Point = readonly [bigint, bigint];
const times = (n: bigint, point: Point, zero: Point, add: (a: Point, b: Point) => Point): Point => {
  let [sum, doubled] = [zero, point];
  for (let e = n; e > 0n; e >>= 1n) {
    if (e & 1n) sum = add(sum, doubled);
    doubled = add(doubled, doubled);
  }
  return sum;
};

/** RFC 8032 5.1.7: [S]B = R + [k]A, with k the digest. */
const verifiesEd25519 = (key: VerificationKey, signature: Buffer, digest: Buffer): boolean => {
  const p = 2n ** 255n - 19n;
  const d = mod(-121665n * inverse(121666n, p), p);
  const add = ([x1, y1]: Point, [x2, y2]: Point): Point => {
    const t = mod(d * x1 * x2 * y1 * y2, p);
    return [mod((x1 * y2 + x2 * y1) * inverse(1n + t, p), p), mod((y1 * y2 + x1 * x2) * inverse(1n - t, p), p)];
  };
  const pointOf = (bytes: Buffer): Point => {
    const encoded = little(bytes);
    const y = mod(encoded, 2n ** 255n);
    const square = mod((y * y - 1n) * inverse(d * y * y + 1n, p), p);
    let x = power(square, (p + 3n) / 8n, p);
    if (mod(x * x, p) !== square) x = mod(x * power(2n, (p - 1n) / 4n, p), p);
    return [(x & 1n) === encoded >> 255n ? x : p - x, y];
  };
  const base: Point = pointOf(Buffer.from(`58${'66'.repeat(31)}`, 'hex'));
  const [r, s] = [pointOf(signature.subarray(0, 32)), little(signature.subarray(32))];
  const right = add(r, times(little(digest), pointOf(decoded(key.x)), [0n, 1n], add));
  return times(s, base, [0n, 1n], add).join() === right.join();
};

/** FIPS 186-5 6.4.2 on P-256, with e the digest. */
const verifiesP256 = (key: VerificationKey, signature: Buffer, digest: Buffer): boolean => {
  const p = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
  const n = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  const base: Point = [
    0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
    0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
  ];
  const zero: Point = [-1n, -1n];
  const add = (a: Point, b: Point): Point => {
    if (a === zero) return b;
    if (b === zero) return a;
    if (a[0] === b[0] && a[1] !== b[1]) return zero;
    const slope = a[0] === b[0] ? (3n * a[0] * a[0] - 3n) * inverse(2n * a[1], p) : (b[1] - a[1]) * inverse(b[0] - a[0], p);
    const x = mod(slope * slope - a[0] - b[0], p);
    return [x, mod(slope * (a[0] - x) - a[1], p)];
  };
  const [r, s] = [big(signature.subarray(0, 32)), big(signature.subarray(32))];
  const w = inverse(s, n);
  const point: Point = [big(decoded(key.x)), big(decoded(key.y))];
  const sum = add(times(mod(big(digest) * w, n), base, zero, add), times(mod(r * w, n), point, zero, add));
  return mod(sum[0], n) === r;
};

const input = Buffer.from('eyJhbGciOiJFZERTQSJ9.W10');

describe('the digest of a batch', () => {
  it('stands for the message in the equation of Ed25519', () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const [key, signature] = [publicKey.export({ format: 'jwk' }), sign(null, input, privateKey)];
    const digestOf = (bytes: Buffer): Buffer => decoded(messageDigest(signature.toString('base64url'), key, bytes));
    expect(verifiesEd25519(key, signature, digestOf(input))).toBe(true);
    expect(verifiesEd25519(key, signature, digestOf(Buffer.from('other')))).toBe(false);
  });

  it('stands for the message in the equation of ECDSA', () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const [key, signature] = [publicKey.export({ format: 'jwk' }), sign('sha256', input, { key: privateKey, dsaEncoding: 'ieee-p1363' })];
    const digestOf = (bytes: Buffer): Buffer => decoded(messageDigest(signature.toString('base64url'), key, bytes));
    expect(verifiesP256(key, signature, digestOf(input))).toBe(true);
    expect(verifiesP256(key, signature, digestOf(Buffer.from('other')))).toBe(false);
  });
});
