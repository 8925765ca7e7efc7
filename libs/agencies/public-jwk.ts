// Which keys an agency may register (RFC 7517, RFC 8725 3.1), and their names.
import { createHash, createPublicKey } from 'node:crypto';
import { err, ok, type Result } from '#kernel';
import type { KeyUse, PublicJwk } from './agencies.events.ts';
import type { AgencyRejection, AgencyRejectionCode } from './agencies.decide.ts';

// Points of small order. Many verifiers take one signature under such an Ed25519 key for any message, so that its owner could deny each;
// with such an X25519 key everybody knows the shared secret (RFC 7748 section 6.1). The first byte is the lowest; the top bit says nothing.

const edwards = [
  '0000000000000000000000000000000000000000000000000000000000000000', // order 4
  '0100000000000000000000000000000000000000000000000000000000000000', // order 1
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f', // order 2
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05', // order 8
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a', // order 8
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f', // order 4, not reduced
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f', // order 1, not reduced
];

const montgomery = [
  '0000000000000000000000000000000000000000000000000000000000000000', // order 4
  '0100000000000000000000000000000000000000000000000000000000000000', // order 1
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f', // order 4 on the twist
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800', // order 8
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157', // order 8
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f', // order 4, not reduced
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f', // order 1, not reduced
];

export const WEAK_POINTS: Readonly<Record<'Ed25519' | 'X25519', readonly string[]>> = { Ed25519: edwards, X25519: montgomery };

/** P-256 has a prime order: it has no such point. */
const isWeakPoint = (curve: string, x: Uint8Array): boolean => {
  if (curve !== 'Ed25519' && curve !== 'X25519') return false;
  const point = Buffer.from(x);
  point[31] = (point[31] ?? 0) & 0x7f;
  return WEAK_POINTS[curve].includes(point.toString('hex'));
};

type Members = Readonly<Record<string, unknown>>;

/** Curves by use, with the algorithm for which such a key is used. */
const CURVES: Readonly<Record<KeyUse, Readonly<Record<string, readonly [kty: PublicJwk['kty'], alg: string]>>>> = {
  sig: { Ed25519: ['OKP', 'EdDSA'], 'P-256': ['EC', 'ES256'] },
  enc: { X25519: ['OKP', 'ECDH-ES+A256KW'], 'P-256': ['EC', 'ECDH-ES+A256KW'] },
};
const PRIVATE = ['d', 'k', 'p', 'q', 'dp', 'dq', 'qi', 'oth'];
const COORDINATE_BYTES = 32;

const SAYS = {
  'private-key': 'This is a private key: register its public part alone, and replace it if it was sent to anybody.',
  'unsupported-key': 'A signing key is Ed25519 or P-256, a key to receive X25519 or P-256; `use` and `alg`, where given, must say so too.',
  'malformed-key': 'The coordinates of the key are no point of its curve: 32 bytes each as base64url without padding.',
  'weak-key': 'This key has a small order: anybody could use it. Make a new one.',
  'kid-not-thumbprint': '`kid` must be the SHA-256 thumbprint of the key (RFC 7638); leave it out and it is worked out.',
} as const satisfies Partial<Record<AgencyRejectionCode, string>>;

/** In this order. `use` is what the key is to be registered for. */
const refusals: readonly (readonly [keyof typeof SAYS, (jwk: Members, use: KeyUse) => boolean])[] = [
  ['private-key', (jwk) => PRIVATE.some((member) => Object.hasOwn(jwk, member))],
  ['unsupported-key', (jwk, use) => !isSupported(jwk, use)],
  ['malformed-key', (jwk) => !isPoint(pointOf(jwk))],
  ['weak-key', ({ crv, x }) => isWeakPoint(String(crv), Buffer.from(String(x), 'base64url'))],
  ['kid-not-thumbprint', (jwk) => jwk['kid'] !== undefined && jwk['kid'] !== thumbprintOf(pointOf(jwk))],
];

/** What makes the key, out of a JWK as an agency sent it; else why it cannot be registered for this use. */
export const publicJwkOf = (value: unknown, use: KeyUse): Result<PublicJwk, AgencyRejection> => {
  const jwk = (typeof value === 'object' && value !== null ? value : {}) as Members;
  const refusal = refusals.find(([, refuses]) => refuses(jwk, use));
  return refusal ? err({ code: refusal[0], says: SAYS[refusal[0]] }) : ok(pointOf(jwk));
};

const isSupported = ({ kty, crv, alg, use }: Members, wanted: KeyUse): boolean => {
  const curve = CURVES[wanted][String(crv)];
  return curve !== undefined && kty === curve[0] && (alg ?? curve[1]) === curve[1] && (use ?? wanted) === wanted;
};

const pointOf = ({ kty, crv, x, y }: Members): PublicJwk => ({ kty, crv, x, ...(crv === 'P-256' ? { y } : {}) }) as PublicJwk;

/** One spelling for each key: another would give it a second name. */
const isCoordinate = (text: unknown): boolean => {
  const bytes = Buffer.from(String(text), 'base64url');
  return bytes.length === COORDINATE_BYTES && bytes.toString('base64url') === text;
};

const isPoint = (jwk: PublicJwk): boolean => {
  if (!isCoordinate(jwk.x) || (jwk.crv === 'P-256' && !isCoordinate(jwk.y))) return false;
  try {
    createPublicKey({ key: { ...jwk }, format: 'jwk' });
    return true;
  } catch {
    return false;
  }
};

/** RFC 7638 thumbprint, SHA-256, base64url: the `kid` of a key. */
export const thumbprintOf = ({ kty, crv, x, y }: PublicJwk): string =>
  createHash('sha256')
    .update(JSON.stringify(kty === 'EC' ? { crv, kty, x, y } : { crv, kty, x }))
    .digest('base64url');
